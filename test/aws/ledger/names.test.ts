import { expect, test } from '@jest/globals';
import { claimName, dropName, releaseName } from '../../../aws/ledger/claim-name.ts';
import { useLedger } from '../../support/ledger.ts';

const ledger = useLedger();
const name = 'www.example.test';
const claimedAt = '2026-11-22T12:00:00.000Z';
const mine = { name, domain: 'shop.example.test', request: 'request-1', claimedAt };
const theirs = { name, domain: 'blog.example.test', request: 'request-2', claimedAt };

test('S2: a name has one owner', async () => {
  expect(await claimName(ledger, mine)).toEqual({ anew: true });
  expect(await claimName(ledger, theirs)).toEqual({ anew: false, standing: mine });
});

test('S2: of many that claim a name at once one gets it', async () => {
  const claims = Array.from({ length: 8 }, (_, n) => claimName(ledger, { ...mine, domain: `site-${n}.test` }));
  const settled = await Promise.all(claims);
  expect(settled.filter(({ standing }) => !standing)).toHaveLength(1);
  expect(new Set(settled.flatMap(({ standing }) => standing?.domain ?? [])).size).toBe(1);
});

test('its owner may claim a name again, which is not anew', async () => {
  await claimName(ledger, mine);
  expect(await claimName(ledger, { ...mine, request: 'request-3' })).toEqual({ anew: false });
});

test('a name that was given back is free', async () => {
  await claimName(ledger, mine);
  await releaseName(ledger, mine);
  expect(await claimName(ledger, theirs)).toEqual({ anew: true });
});

test('a request gives back only what it claimed last', async () => {
  await claimName(ledger, mine);
  await claimName(ledger, { ...mine, request: 'request-3' });
  await releaseName(ledger, mine);
  await releaseName(ledger, theirs);
  expect((await claimName(ledger, theirs)).standing).toMatchObject({ request: 'request-3' });
});

test('a site drops its own names only', async () => {
  await claimName(ledger, mine);
  await dropName(ledger, theirs);
  expect((await claimName(ledger, theirs)).standing).toEqual(mine);
  await dropName(ledger, mine);
  expect(await claimName(ledger, theirs)).toEqual({ anew: true });
});
