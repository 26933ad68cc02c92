import { randomUUID } from 'node:crypto';
import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { GetDistributionConfigResult, ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import type { CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { beforeAll, expect, test } from '@jest/globals';
import { PERSON } from '../../local/internet/proxy.ts';
import { aZone } from '../support/a-zone.ts';
import { certificateArns } from '../support/certificate-arns.ts';
import { inOrder } from '../support/certificates.ts';
import { deployForwarding } from '../support/forwarding.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { sharedBoot } from '../support/shared-boot.ts';
import { watched } from '../support/watch.ts';

const HOME = 'eu-west-1';
const CLOUDFRONT = 'us-east-1';
const ZONE = 'example.test';
const SHOP = `shop.${ZONE}`;
const WWW = `www.${SHOP}`;
const ORIGIN = `origin.${SHOP}`;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A step takes up the event of its certificate at once; the look that is there for lost events comes minutes later. */
const AT_ONCE_MS = 2_000;

const boot = sharedBoot({ region: HOME, doubledShare: 0, sweeps: true });
let nameplate: Nameplate;
beforeAll(async () => {
  nameplate = boot.nameplate;
  await aZone(nameplate, ZONE);
  await deployForwarding(nameplate);
});

test('A22, W5: a shop behind CloudFront from eu-west-1: requested certificates, imported ones under the same ARNs, and undo leaves nothing in either region', async () => {
  const { aws, viewer } = nameplate;
  const before = await picture(nameplate);
  const mark = aws.calls.mark();
  const site = { aliases: [WWW], edge: 'cdn' };
  const shop = await nameplate.onboard(SHOP, site);
  expect([shop.reason, shop.state]).toEqual([undefined, 'live']);

  const [viewers, origins] = [await described(CLOUDFRONT), await described(HOME)];
  expect(viewers).toMatchObject([{ Status: 'ISSUED', Type: 'AMAZON_ISSUED' }]);
  expect(viewers[0]?.SubjectAlternativeNames?.sort()).toEqual([SHOP, WWW]);
  expect(origins).toMatchObject([{ Status: 'ISSUED', Type: 'AMAZON_ISSUED' }]);
  expect(origins[0]?.SubjectAlternativeNames).toContain(ORIGIN);
  expect(origins[0]?.InUseBy).toEqual([expect.stringContaining(`:elasticloadbalancing:${HOME}:`)]);
  const answer = await viewer.https(WWW);
  expect([answer.status, answer.certificate.names.sort()]).toEqual([200, [SHOP, WWW]]);
  expect(answer.headers['via']).toContain('CloudFront');

  // Its event crosses the regions, and is what ends the wait: the step itself has completed no task.
  const wait = shop.steps.find(({ name }) => name === 'AwaitViewerCertificate');
  const told = aws.events.log.published.find(
    ({ bus, event }) => bus.includes(`:${HOME}:`) && event.resources.includes(viewers[0]?.CertificateArn ?? ''),
  );
  const waitedOn = Date.parse(wait?.endedAt ?? '') - (told?.at.getTime() ?? 0);
  expect(waitedOn).toBeGreaterThanOrEqual(0);
  expect(waitedOn).toBeLessThan(AT_ONCE_MS);
  const completed = aws.calls.since(mark).filter(({ operation }) => operation === 'SendTaskSuccess');
  expect(completed).toHaveLength(2);
  expect(completed.filter(({ principal }) => principal.includes('AwaitViewerCertificate'))).toEqual([]);

  // The load balancer answers CloudFront's addresses in its region only, and by the secret that is sent.
  const [address = ''] = await viewer.addresses(ORIGIN);
  expect(aws.internet.reach(PERSON.ipv4, { address, port: 443 })).toBe('filtered');
  expect(await sentHeaders()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);

  const secret = await aSecret([SHOP, WWW, ORIGIN], 90);
  const imported = { ...site, certificate: { imported: { secret } } };
  await change(imported);
  const arns = await bothArns();
  expect(arns).toEqual([[expect.stringContaining(`:${CLOUDFRONT}:`)], [expect.stringContaining(`:${HOME}:`)]]);
  const served = String((await viewer.https(SHOP)).certificate.validTo);

  await nameplate.ask('secretsmanager', 'PutSecretValue', {
    SecretId: secret,
    ClientRequestToken: randomUUID(),
    SecretString: await material([SHOP, WWW, ORIGIN], 80),
  });
  await change(imported);
  expect(await bothArns()).toEqual(arns);
  expect(String((await viewer.https(SHOP)).certificate.validTo)).not.toBe(served);
  expect((await described(CLOUDFRONT))[0]?.NotAfter).toEqual((await described(HOME))[0]?.NotAfter);

  await nameplate.undo(SHOP);
  expect((await nameplate.ended(SHOP)).state).toBe('undone');
  await aws.clock.advance(30 * 60_000);
  expect(await bothArns()).toEqual([[], []]);
  expect(await picture(nameplate)).toEqual(before);
});

test('13: a shop behind a load balancer in eu-west-1 fails over, which the alarm on its health check in us-east-1 tells of; by its document, that alarm switches the page on and off', async () => {
  const { aws, viewer, world } = nameplate;
  const before = await picture(nameplate);
  const page = { title: 'Back at nine' };
  const shop = await nameplate.onboard(SHOP, { aliases: [WWW], failover: { page } });
  expect([shop.reason, shop.state]).toEqual([undefined, 'live']);
  const [viewers, balancers] = [await described(CLOUDFRONT), await described(HOME)];
  for (const certificates of [viewers, balancers])
    expect(certificates.map(({ SubjectAlternativeNames = [] }) => SubjectAlternativeNames.sort())).toEqual([
      [SHOP, WWW],
    ]);

  const seen = async (minutes: number) => {
    await aws.clock.advance(minutes * MINUTE_MS);
    const answers = await Promise.all([SHOP, WWW].map((name) => viewer.https(name)));
    return answers.map(({ status, body }) => (status === 503 && body.includes(page.title) ? 'page' : status));
  };
  const web = aws.ec2.web(world.instanceId);
  // The metric of a health check is in us-east-1 alone, and so is its alarm.
  web.stop();
  expect(await seen(5)).toEqual(['page', 'page']);
  expect(await nameplate.show(SHOP)).toMatchObject({ failover: { on: 'page', cause: 'health-check' } });
  web.start();
  expect(await seen(5)).toEqual([200, 200]);
  expect(await nameplate.show(SHOP)).toMatchObject({ failover: { on: 'origin' } });

  await nameplate.change(SHOP, { aliases: [WWW], failover: { page, alarm: 'health-check' } });
  expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });

  web.stop();
  expect(await seen(10)).toEqual(['page', 'page']);
  await nameplate.ended(SHOP);
  expect(await nameplate.show(SHOP)).toMatchObject({ failover: { on: 'page', cause: 'alarm' } });
  const told = aws.events.log.published.filter(({ event }) => event['detail-type'] === 'CloudWatch Alarm State Change');
  expect(new Set(told.map(({ bus }) => bus.split(':')[3]))).toEqual(new Set([CLOUDFRONT, HOME]));
  // Only the alarm has gone back to OK: the page stays for ten minutes more.
  web.start();
  expect(await seen(8)).toEqual(['page', 'page']);
  expect(await seen(15)).toEqual([200, 200]);
  expect(await nameplate.show(SHOP)).toMatchObject({ failover: { on: 'origin' } });

  await nameplate.undo(SHOP);
  const undone = await nameplate.ended(SHOP);
  expect([undone.state, undone.left]).toEqual(['undone', undefined]);
  await aws.clock.advance(30 * MINUTE_MS);
  expect(await bothArns()).toEqual([[], []]);
  expect(await picture(nameplate)).toEqual(before);
});

async function described(region: string): Promise<CertificateDetail[]> {
  const details: CertificateDetail[] = [];
  for (const CertificateArn of await certificateArns(nameplate, region)) {
    const { Certificate } = await nameplate.ask<{ Certificate: CertificateDetail }>(
      'acm',
      'DescribeCertificate',
      { CertificateArn },
      region,
    );
    details.push(Certificate);
  }
  return details;
}

const bothArns = async (): Promise<string[][]> => [
  await certificateArns(nameplate, CLOUDFRONT),
  await certificateArns(nameplate, HOME),
];

/** What the distribution sends to the origin, so that it is let in. */
async function sentHeaders(): Promise<string[]> {
  const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  const { DistributionConfig } = await nameplate.ask<GetDistributionConfigResult>(
    'cloudfront',
    'GetDistributionConfig',
    { Id: DistributionList?.Items?.[0]?.Id },
  );
  return (DistributionConfig?.Origins?.Items ?? []).flatMap(({ CustomHeaders }) =>
    (CustomHeaders?.Items ?? []).map(({ HeaderValue = '' }) => HeaderValue),
  );
}

async function aSecret(names: string[], days: number): Promise<string> {
  const { ARN = '' } = await nameplate.ask<CreateSecretResponse>('secretsmanager', 'CreateSecret', {
    Name: `certificates/${SHOP}`,
    ClientRequestToken: randomUUID(),
    SecretString: await material(names, days),
    Tags: [{ Key: 'nameplate:certificate', Value: 'Nameplate' }],
  });
  return ARN;
}

/** Certificate, chain and key as a person stores them. */
async function material(names: string[], days: number): Promise<string> {
  const now = nameplate.aws.clock.now().getTime();
  const { cert, key } = inOrder(
    await nameplate.aws.authority.issue({
      names,
      keyAlgorithm: 'RSA_2048',
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + days * DAY_MS),
    }),
  );
  return cert + key;
}

async function change(to: object): Promise<void> {
  await nameplate.change(SHOP, to);
  const { site, failures } = await watched(nameplate, SHOP, { names: [SHOP, WWW] });
  expect([site.reason, site.state, failures]).toEqual([undefined, 'live', []]);
}
