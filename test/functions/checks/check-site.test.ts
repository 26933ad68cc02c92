import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeInstancesCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import type { SiteCheckView } from '../../../domain/doctor/view.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { checkSite } from '../../../functions/checks/check-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { holding, NAME, Practice } from '../../support/doctor.ts';
import { useLedger } from '../../support/ledger.ts';
import { a } from '../../support/name-servers.ts';
import type { Kind } from '../../support/rack/kinds.ts';
import { aCdn, aSettledSiteItem, aSite, aStepItem } from '../../support/site.ts';

type World = NonNullable<Parameters<Practice['world']>[0]>;

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const elb = mockClient(ElasticLoadBalancingV2Client);
let practice: Practice;
beforeAll(async () => {
  practice = await Practice.open();
});
beforeEach(() => {
  ec2.reset();
  elb.reset();
  elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [] });
});
afterAll(() => practice.close());

const declared = (changes: Partial<Site> = {}): Site => aSite({ domain: NAME, aliases: [], ...changes });

async function live(site: Site): Promise<void> {
  await writeSite(ledger, aSettledSiteItem({ site, live: site }), { over: undefined });
  for (const [name, output] of [
    ['OpenSecurityGroups', { groupId: 'sg-1' }],
    ['CreateLoadBalancer', { loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/1' }],
    ['CreateTargetGroup', { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/1' }],
    ['RequestCertificate', { certificateArn: 'arn:aws:acm:us-east-1:1:certificate/a' }],
    ['ReserveAddress', {}],
  ] as const) {
    await writeStep(ledger, site.domain, aStepItem(name, { output }));
  }
}

async function check(body: unknown, world: Parameters<Practice['world']>[0] = {}, query?: Record<string, string>) {
  const answer = await checkSite(await practice.world(world))(
    aRequest({ method: 'POST', path: '/v1/checks', body, ...(query && { query }) }),
    apiContext,
  );
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '') as SiteCheckView & { type?: string } };
}

describe('POST /v1/checks', () => {
  test('looks at every served name of a site from outside', async () => {
    await writeSite(ledger, aSettledSiteItem({ site: declared({ aliases: ['gone.example.test'] }) }), {
      over: undefined,
    });
    const { status, json } = await check({ domain: 'SHOP.example.test.' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ domain: NAME, verdict: 'findings', resources: [] });
    expect(json.names.map(({ name, verdict, findings }) => [name, verdict, findings.map(({ code }) => code)])).toEqual([
      [NAME, 'healthy', []],
      ['gone.example.test', 'findings', ['nameNotFound']],
    ]);
  });

  test('reads no resources of a site that is held: which of them it has is not told by its steps', async () => {
    const site = declared();
    await live(site);
    const over = await readSiteItem(ledger, NAME);
    await writeSite(ledger, aSettledSiteItem({ site, live: site, state: 'held', revision: 2 }), { over });
    const { status, json } = await check({ domain: NAME });
    expect([status, json.resources]).toEqual([200, []]);
  });

  test('answers 404 for a domain that is no site, or one of another tenant', async () => {
    await writeSite(ledger, aSettledSiteItem({ site: declared({ tenant: 'acme' }) }), { over: undefined });
    const none = await check({ domain: 'other.example.test' });
    const others = await check({ domain: NAME }, {}, { tenant: 'globex' });
    expect([none.status, others.status]).toEqual([404, 404]);
    expect(none.json.type).toBe('urn:nameplate:problem:site-not-found');
  });

  test.each([
    [{}],
    [{ domain: 7 }],
    [{ domain: NAME, port: 22 }],
    [{ domain: NAME, webSocketPath: 'socket' }],
    [{ domain: NAME, webSocketPath: '/a b' }],
  ])('refuses %j', async (body) => {
    const { status, json } = await check(body);
    expect([status, json.type]).toEqual([422, 'urn:nameplate:problem:invalid-check']);
  });

  test('A site of plain HTTP is judged by its page there, not by port 443', async () => {
    await writeSite(ledger, aSettledSiteItem({ site: declared({ edge: 'direct' }) }), { over: undefined });
    const world = { servers: { '9.9.9.9': 'closed' as const }, open80: true };
    const { json } = await check({ domain: NAME }, { ...world, plain: (_, response) => void response.end('well') });
    expect(json).toMatchObject({ verdict: 'healthy', names: [{ findings: [] }] });
  });

  test('that only some viewers may reach says nothing about a silence', async () => {
    await writeSite(ledger, aSettledSiteItem({ site: declared({ access: ['198.51.100.0/24'] }) }), { over: undefined });
    const { json } = await check({ domain: NAME }, { servers: { '9.9.9.9': 'filtered' } });
    expect(json.names).toMatchObject([
      { verdict: 'notChecked', findings: [], unseen: [{ what: '9.9.9.9', why: 'only 198.51.100.0/24 may come' }] },
    ]);
  });

  describe('of a site behind CloudFront', () => {
    const ORIGIN = `origin.${NAME}`;
    const CLOUDFRONT = '9.9.9.9';
    const SERVER = '9.9.9.8';
    const server = { server: { address: SERVER, port: 443, healthPath: '/' } } as const;
    const more: NonNullable<World['records']> = ({ name, type }) =>
      name === ORIGIN && type === 'A' ? { answers: [a(name, SERVER)] } : undefined;

    /** What is met at the server that CloudFront connects to. */
    const behind = (kind: Kind): World => ({
      servers: { [CLOUDFRONT]: 'ecdsa256', [SERVER]: kind },
      records: holding([CLOUDFRONT], more),
    });

    test.each<[Kind, string[]]>([
      ['ecdsa256', []],
      ['expired', ['certificateExpired']],
      ['selfSigned', ['certificateSelfSigned']],
      ['incompleteChain', ['chainIncomplete']],
      ['closed', ['portRefused']],
    ])('looks at its origin as CloudFront does: "%s" is %j', async (kind, codes) => {
      const site = declared({ edge: 'cdn', cdn: { ...aCdn(NAME), lock: false }, origin: server });
      await writeSite(ledger, aSettledSiteItem({ site }), { over: undefined });
      const { json } = await check({ domain: NAME }, behind(kind));
      expect(json.names.flatMap(({ findings }) => findings)).toEqual([]);
      expect(json.origin?.findings.map(({ code }) => code)).toEqual(codes);
      expect([json.origin?.name, json.verdict]).toEqual([ORIGIN, codes.length > 0 ? 'findings' : 'healthy']);
    });

    test('reads the certificate of a load balancer that answers CloudFront only, and connects to none', async () => {
      const acm = mockClient(ACMClient);
      acm.on(DescribeCertificateCommand).resolves({
        Certificate: { DomainName: NAME, Status: 'EXPIRED', NotAfter: new Date('2026-01-01T00:00:00Z') },
      });
      const site = declared({ edge: 'cdn', cdn: aCdn(NAME) });
      await writeSite(ledger, aSettledSiteItem({ site }), { over: undefined });
      await writeStep(
        ledger,
        NAME,
        aStepItem('RequestCertificate', { output: { certificateArn: 'arn:aws:acm:us-east-1:1:certificate/a' } }),
      );
      practice.connected.length = 0;
      const { json } = await check({ domain: NAME }, behind('ecdsa256'));
      expect(json.origin).toMatchObject({
        findings: [{ code: 'certificateExpired', message: expect.stringContaining('expired on 2026-01-01') }],
        unseen: [{ what: ORIGIN, why: expect.stringContaining('answers CloudFront only') }],
      });
      expect(practice.connected).not.toContain(`${SERVER} 443`);
    });
  });

  test('says what of a live site is missing, with the call that CloudTrail has', async () => {
    await live(declared());
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [] });
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    const { json } = await check({ domain: NAME });
    expect(json.resources).toMatchObject([
      {
        code: 'resourceMissing',
        message: 'The load balancer is missing',
        evidence: [expect.stringContaining('DeleteLoadBalancer')],
      },
    ]);
    expect(json.verdict).toBe('findings');
  });
});
