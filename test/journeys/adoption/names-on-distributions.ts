import type { ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import { expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { inOrder } from '../../support/certificates.ts';
import { changeDistribution } from '../../support/change-origin.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { aDistributionOfTheirs } from '../../support/their-distribution.ts';
import { watched } from '../../support/watch.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

const DAY_MS = 86_400_000;
const ADDRESSES = { A: '198.18.5.81', AAAA: '2001:db8:5::81' };

export function namesOnDistributions(boot: SharedBoot): void {
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
}

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
