import type { ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import { expect, test } from '@jest/globals';
import { aZone } from '../support/a-zone.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { sharedBoot } from '../support/shared-boot.ts';
import { aDistributionOfTheirs } from '../support/their-distribution.ts';
import { watched } from '../support/watch.ts';

const boot = sharedBoot();

test('C1: a name is moved from another distribution of the account when all else is ready, and back, without a failed request', async () => {
  const { nameplate } = boot;
  const { zone, shop, www } = boot.namesInZone();
  const theirs = await aDistributionOfTheirs(nameplate, {
    zoneId: await aZone(nameplate, zone),
    name: www,
    origin: `theirs.${zone}`,
  });
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
  const there = await watched(nameplate, shop, { names: [www] });
  expect([there.site.reason, there.site.state, there.failures]).toEqual([undefined, 'live', []]);
  expect(await seen()).toContain('The shop is open');
  expect(await namesOf(nameplate, theirs.id)).toEqual([]);

  await nameplate.undo(shop);
  const back = await watched(nameplate, shop, { names: [www] });
  expect([back.site.reason, back.site.state, back.site.left, back.failures]).toEqual([
    undefined,
    'undone',
    undefined,
    [],
  ]);
  expect(await seen()).toContain('Served from elsewhere');
  await nameplate.aws.clock.advance(30 * 60_000);
  expect((await picture(nameplate)).map(withoutTime)).toEqual(before.map(withoutTime));
  theirs.server.close();
});

/** The names that a distribution serves. */
async function namesOf({ ask }: Nameplate, id: string): Promise<string[]> {
  const { DistributionList } = await ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  return DistributionList?.Items?.find(({ Id }) => Id === id)?.Aliases?.Items ?? [];
}

/** A distribution was changed twice, and is as it was. */
const withoutTime = (line: string): string => line.replace(/"(LastModifiedTime|ETag)":"[^"]*"/g, '');
