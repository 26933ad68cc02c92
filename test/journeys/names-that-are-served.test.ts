import type { ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aZone } from '../support/a-zone.ts';
import { inOrder } from '../support/certificates.ts';
import { changeDistribution } from '../support/change-origin.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { aServerOfTheirs } from '../support/server-of-theirs.ts';
import { sharedBoot } from '../support/shared-boot.ts';
import { aDistributionOfTheirs } from '../support/their-distribution.ts';
import { watched } from '../support/watch.ts';
import { watchedConstantly } from '../support/watch-constantly.ts';

const SHOP = 'shop.wild.test';
const OLD = '198.51.100.99';
const boot = sharedBoot();

describe('a name that is served today', () => {
  let nameplate: Nameplate;
  beforeEach(() => {
    nameplate = boot.nameplate;
  });

  test('R31: a name that only a wildcard answers for never stops answering, and keeps its mail', async () => {
    const created = await nameplate.ask<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
      Name: 'wild.test',
      CallerReference: 'theirs',
    });
    const wildcard = (Type: string, Value: string) => ({
      Action: 'CREATE',
      ResourceRecordSet: { Name: '*.wild.test', Type, TTL: 60, ResourceRecords: [{ Value }] },
    });
    await nameplate.ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: created.HostedZone.Id,
      ChangeBatch: { Changes: [wildcard('A', OLD), wildcard('MX', '10 mail.wild.test.')] },
    });
    await nameplate.begin(SHOP, { aliases: [`www.${SHOP}`] });
    await nameplate.waitsIn(SHOP, 'AwaitLoadBalancer');
    // The validation records have stood for minutes now, below both names.
    for (const name of [SHOP, `www.${SHOP}`]) expect(await nameplate.viewer.addresses(name)).toEqual([OLD]);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    expect(await nameplate.viewer.addresses(SHOP)).not.toContain(OLD);
    const shown = (await nameplate.records('wild.test')).map(({ Name, Type }) => `${Name} ${Type}`);
    expect(shown).toEqual(expect.arrayContaining([`${SHOP}. MX`, `www.${SHOP}. MX`, '\\052.wild.test. A']));
  });

  test('a site that lets in one address only goes live without the probes having seen it, and says so', async () => {
    const site = await nameplate.onboard('mine.example.test', { http: 'reject', access: ['198.51.100.7/32'] });
    expect(site.state).toBe('live');
    const told = site.timeline.find(({ step }) => step === 'Preflight')?.message;
    expect(told).toMatch(/could not be looked at; not seen from here: .* \(only 198\.51\.100\.7\/32 may come\)/);
    expect((await nameplate.viewer.https('mine.example.test')).status).toBe(200);
  });

  test('a site without a load balancer leads to the instance itself', async () => {
    const site = await nameplate.onboard('plain.example.test', { edge: 'direct' });
    expect(site.state).toBe('live');
    expect(site.steps.flatMap(({ made }) => made.map(({ type }) => type)).sort()).toEqual([
      'elastic address',
      'hosted zone',
      'record',
    ]);
    expect((await nameplate.viewer.http('plain.example.test')).body).toContain('The shop is open');
  });
});

const DAY_MS = 86_400_000;
const ADDRESSES = { A: '198.18.5.81', AAAA: '2001:db8:5::81' };

test('C1: a name is moved from another distribution of the account when all else is ready, and back, without a failed request', async () => {
  const { nameplate } = boot;
  const { zone, shop, www } = boot.namesInZone();
  const zoneId = await aZone(nameplate, zone);
  const theirs = await aDistributionOfTheirs(nameplate, { zoneId, name: www, origin: `theirs.${zone}` });
  const servers = await serversOfTheirs(nameplate, { zoneId, name: shop });
  const before = await picture(nameplate);
  const site = { aliases: [www], edge: 'cdn' };
  const seen = async () => (await nameplate.viewer.https(www)).body;
  expect(await seen()).toContain('Served from elsewhere');

  const refused = await nameplate.plan(nameplate.document(shop, site));
  expect(refused.changes.filter(({ verb }) => verb === 'conflict').map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining('or declare "adopt": true to have it moved')]),
  );
  const adopting = { ...site, adopt: true };
  const { changes, findings } = await nameplate.plan(nameplate.document(shop, adopting));
  expect(changes.filter(({ resource }) => resource.type === 'alias')).toMatchObject([
    { verb: 'adopt', phase: 'shift', resource: { name: www }, before: { distributionId: theirs.id } },
  ]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);

  await nameplate.begin(shop, adopting);
  const there = await watched(nameplate, shop, { names: [shop, www] });
  expect([there.site.reason, there.site.state, there.failures]).toEqual([undefined, 'live', []]);
  expect(await seen()).toContain('The shop is open');
  expect(await namesOf(nameplate, theirs.id)).toEqual([]);

  await nameplate.undo(shop);
  // CloudFront connects to the origin for as long as a resolver may send viewers there.
  const back = await watchedConstantly(nameplate, shop, [shop, www]);
  expect([back.site.reason, back.site.state, back.site.left, back.failures]).toEqual([
    undefined,
    'undone',
    undefined,
    [],
  ]);
  expect(await seen()).toContain('Served from elsewhere');
  expect((await nameplate.viewer.https(shop)).body).toContain('Served from elsewhere');
  await nameplate.aws.clock.advance(30 * 60_000);
  expect((await picture(nameplate)).map(withoutTime)).toEqual(before.map(withoutTime));
  for (const server of [theirs.server, ...servers]) server.close();
});

test('C1: a name that DNS leads to a distribution which does not have it gets its record first, and then its distribution', async () => {
  const { nameplate } = boot;
  const { zone, shop, www } = boot.namesInZone();
  const zoneId = await aZone(nameplate, zone);
  const theirs = await aDistributionOfTheirs(nameplate, { zoneId, name: www, origin: `theirs.${zone}` });
  await changeDistribution(nameplate, theirs.id, () => ({ Aliases: { Quantity: 0 } }));
  const adopting = { aliases: [www], edge: 'cdn', adopt: true };
  const { findings } = await nameplate.plan(nameplate.document(shop, adopting));
  expect(findings.filter(({ check }) => check === 'nameOnDistribution')).toMatchObject([
    { severity: 'warning', message: expect.stringContaining('Its records move first') },
  ]);
  await nameplate.begin(shop, adopting);
  const site = await nameplate.ended(shop);
  expect([site.reason, site.state]).toEqual([undefined, 'live']);
  expect((await nameplate.viewer.https(www)).status).toBe(200);
  await nameplate.undo(shop);
  expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
  theirs.server.close();
});

/** Web servers with a certificate for a name, which DNS leads there by IPv4 and IPv6. */
async function serversOfTheirs(nameplate: Nameplate, { zoneId, name }: { zoneId: string; name: string }) {
  const { aws, ask } = nameplate;
  const now = aws.clock.now().getTime();
  const material = inOrder(
    await aws.authority.issue({
      names: [name],
      keyAlgorithm: 'RSA_2048',
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + 90 * DAY_MS),
    }),
  );
  await ask('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: zoneId,
    ChangeBatch: {
      Changes: Object.entries(ADDRESSES).map(([Type, Value]) => ({
        Action: 'CREATE',
        ResourceRecordSet: { Name: name, Type, TTL: 60, ResourceRecords: [{ Value }] },
      })),
    },
  });
  await aws.clock.advance(60_000);
  return Promise.all(
    Object.values(ADDRESSES).map((address) => aServerOfTheirs(nameplate, { address, port: 443, material })),
  );
}

/** The names that a distribution serves. */
async function namesOf({ ask }: Nameplate, id: string): Promise<string[]> {
  const { DistributionList } = await ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  return DistributionList?.Items?.find(({ Id }) => Id === id)?.Aliases?.Items ?? [];
}

/** A distribution was changed twice, and is as it was. */
const withoutTime = (line: string): string => line.replace(/"(LastModifiedTime|ETag)":"[^"]*"/g, '');
