import type { FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import type { DescribeTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { LoggedCall } from '../../../local/wire/calls.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const DIRECT = 'direct.shop.example.test';

/** The local AWS takes any key but a role's for the administrator's. */
const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const caller = 'arn:aws:iam::123456789012:root';

export function onboard(boot: SharedBoot): void {
  describe('a shop gets its name', () => {
    let nameplate: Nameplate;
    let shop: Shown;
    let origin: object;
    let declared: object;
    /** What was called, and what people were told, until it was live. */
    let calls: readonly LoggedCall[];
    let told: readonly object[];

    beforeAll(async () => {
      nameplate = boot.nameplate;
      const { sns, calls: log, clock } = nameplate.aws;
      const files = { '/index.html': '<h1>The shop is open</h1>' };
      origin = { instance: { id: await anotherInstance(nameplate, { files }) } };
      declared = { aliases: [WWW], directName: DIRECT, origin };
      const mark = log.mark();
      const response = await nameplate.post(nameplate.document(SHOP, declared), { 'idempotency-key': 'first' });
      expect([response.status, response.headers.get('location')]).toEqual([202, `/v1/sites/${SHOP}`]);
      shop = await nameplate.ended(SHOP);
      await clock.advance(60_000);
      calls = log.since(mark);
      told = sns.published.filter(({ texts }) => JSON.stringify(texts).includes(SHOP));
    });

    test('it is live, and the timeline tells how', () => {
      expect(shop.reason).toBeUndefined();
      expect(shop.state).toBe('live');
      expect(shop.steps.filter(({ state }) => state !== 'done')).toEqual([]);
      expect(shop.timeline.length).toBeGreaterThan(shop.steps.length);
    });

    test('the name servers are shown as a registrar wants them', () => {
      expect(shop.nameServers).toHaveLength(4);
      for (const name of shop.nameServers ?? []) expect(name).toMatch(/^ns-\d+\.awsdns-\d+\.(com|net|org|co\.uk)$/);
    });

    test.each([SHOP, WWW])(
      'https://%s/ answers with the page, under a certificate that covers every name',
      async (name) => {
        const { status, body, certificate } = await nameplate.viewer.https(name);
        expect([status, body]).toEqual([200, expect.stringContaining('The shop is open')]);
        expect(certificate.names).toEqual(expect.arrayContaining([SHOP, WWW]));
      },
    );

    test('plain http is sent on to https for good, path and query included', async () => {
      const { status, headers } = await nameplate.viewer.http(SHOP, '/basket?item=7');
      expect([status, headers['location']]).toEqual([301, `https://${SHOP}:443/basket?item=7`]);
    });

    test('the second name reaches the instance itself', async () => {
      const { status, body } = await nameplate.viewer.http(DIRECT);
      expect([status, body]).toEqual([200, expect.stringContaining('The shop is open')]);
      expect(await nameplate.viewer.addresses(DIRECT)).not.toEqual(await nameplate.viewer.addresses(SHOP));
    });

    test('R29: IPv6 users see the same site', async () => {
      expect(await nameplate.viewer.addresses(SHOP, 6)).not.toEqual([]);
    });

    test('its records carry an owner marker with a generation', async () => {
      const texts = (await nameplate.records(SHOP)).filter(({ Type }) => Type === 'TXT');
      expect(JSON.stringify(texts)).toMatch(/heritage=nameplate,.*generation=1/);
    });

    test('the load balancer says whose it is', async () => {
      const made = shop.steps
        .flatMap(({ made }) => made)
        .filter(({ id }) => id.startsWith('arn:aws:elasticloadbalancing'));
      const { TagDescriptions = [] } = await nameplate.ask<DescribeTagsOutput>('elasticloadbalancing', 'DescribeTags', {
        ResourceArns: made.map(({ id }) => id),
      });
      expect(TagDescriptions.length).toBeGreaterThan(0);
      for (const { Tags } of TagDescriptions) expect(Tags).toContainEqual({ Key: 'nameplate:site', Value: SHOP });
    });

    test('people are told, once', () => {
      expect(told).toHaveLength(1);
    });

    test('the event was enough: the step that waits looked once and never again', () => {
      const looks = calls.filter(
        ({ operation, principal }) => operation === 'DescribeCertificate' && principal.includes('AwaitCertificate'),
      );
      expect(looks).toHaveLength(1);
    });

    test('S12: no task token got into a log', async () => {
      const logged = await nameplate.logLines();
      expect(logged.length).toBeGreaterThan(20);
      expect(logged.filter((line) => /taskToken/i.test(line))).toEqual([]);
    });

    test('the same request with the same Idempotency-Key gets the same answer and makes nothing', async () => {
      const mark = nameplate.aws.calls.mark();
      const again = await nameplate.post(nameplate.document(SHOP, declared), { 'idempotency-key': 'first' });
      await nameplate.aws.clock.idle();
      expect([again.status, again.headers.get('location')]).toEqual([202, `/v1/sites/${SHOP}`]);
      expect(nameplate.mutatingCalls(mark)).toEqual([]);
    });

    test('the same request without it is refused with where to look, and makes nothing', async () => {
      const mark = nameplate.aws.calls.mark();
      const again = await nameplate.post(nameplate.document(SHOP));
      await nameplate.aws.clock.idle();
      expect([again.status, again.headers.get('location')]).toEqual([409, `/v1/sites/${SHOP}`]);
      expect(nameplate.mutatingCalls(mark)).toEqual([]);
    });

    test('a second site goes beside it and leaves it alone', async () => {
      const before = await nameplate.records(SHOP);
      const blog = await nameplate.onboard('blog.example.test', { edge: 'direct', origin });
      expect(blog.state).toBe('live');
      expect((await nameplate.viewer.http('blog.example.test')).status).toBe(200);
      expect(await nameplate.records(SHOP)).toEqual(before);
    });

    test('an IDN is taken as it is written and kept as A-labels', async () => {
      const site = await nameplate.onboard('bücher.example.test', { edge: 'direct', origin, http: 'redirect' });
      expect([site.domain, site.state]).toEqual(['xn--bcher-kva.example.test', 'live']);
    });

    test('B5: who declared a site is in its timeline, in the log of its function and in the access log', async () => {
      const document = nameplate.document('press.example.test', { edge: 'direct', origin });
      const answer = await nameplate.post(document, { authorization });
      expect(answer.status).toBe(202);
      expect(await answer.json()).toMatchObject({
        operation: { name: 'onboard', by: caller },
        timeline: [expect.objectContaining({ by: caller })],
      });
      const requestId = answer.headers.get('apigw-requestid');
      const { events = [] } = await nameplate.ask<FilterLogEventsResponse>('logs', 'FilterLogEvents', {
        logGroupName: '/aws/vendedlogs/apigateway/Nameplate',
      });
      const lines = events.map(({ message = '' }) => JSON.parse(message));
      expect(lines).toContainEqual(
        expect.objectContaining({ requestId, caller, route: 'POST /v1/sites', status: '202', integrationError: '-' }),
      );
      const ofFunction = (await nameplate.logLines()).filter((line) => line.includes(`"apiRequestId":"${requestId}"`));
      expect(ofFunction).toContainEqual(expect.stringContaining(`"caller":"${caller}"`));
      await nameplate.ended('press.example.test');
    });
  });
}
