import { describe, expect, test } from '@jest/globals';
import { claimName, dropName, readName, releaseName } from '../../../aws/ledger/claim-name.ts';
import { markBelow, readBelow, unmarkBelow } from '../../../aws/ledger/names-below.ts';
import { readNames } from '../../../aws/ledger/read-names.ts';
import { useLedger } from '../../support/ledger.ts';

const ledger = useLedger();
const name = 'www.example.test';
const above = 'example.test';
const claimedAt = '2026-11-22T12:00:00.000Z';
const mine = { name, domain: 'shop.example.test', request: 'request-1', claimedAt };
const theirs = { name, domain: 'blog.example.test', request: 'request-2', claimedAt };
const owner = async () => (await readName(ledger, name)).claim;

describe('a name', () => {
  test('S2: has one owner', async () => {
    expect(await claimName(ledger, mine)).toEqual({ anew: true });
    expect(await claimName(ledger, theirs)).toBeUndefined();
    expect(await owner()).toEqual(mine);
  });

  test('S2: that many claim at once goes to one', async () => {
    const claims = Array.from({ length: 8 }, (_, n) => claimName(ledger, { ...mine, domain: `site-${n}.test` }));
    const settled = await Promise.all(claims);
    expect(settled.filter(Boolean)).toEqual([{ anew: true }]);
  });

  test('may be claimed again by its owner, which is not anew, and by no other tenant', async () => {
    await claimName(ledger, mine);
    expect(await claimName(ledger, { ...mine, request: 'request-3' })).toEqual({ anew: false });
    expect(await claimName(ledger, { ...mine, tenant: 'acme' })).toBeUndefined();
  });

  test('W11: is anew for the request that claimed it, also when its call was sent twice', async () => {
    await claimName(ledger, mine);
    expect(await claimName(ledger, mine)).toEqual({ anew: true });
  });

  test('that was given back is free', async () => {
    await claimName(ledger, { ...mine, tenant: 'acme' });
    await releaseName(ledger, mine);
    expect(await claimName(ledger, theirs)).toEqual({ anew: true });
    expect(await owner()).toEqual(theirs);
  });

  test('is given back by the request that claimed it last only', async () => {
    await claimName(ledger, mine);
    await claimName(ledger, { ...mine, request: 'request-3' });
    await releaseName(ledger, mine);
    await releaseName(ledger, theirs);
    expect(await owner()).toMatchObject({ request: 'request-3' });
  });

  test('is dropped by its own site only', async () => {
    await claimName(ledger, mine);
    await dropName(ledger, theirs);
    expect(await owner()).toEqual(mine);
    await dropName(ledger, mine);
    expect(await ledger.everything()).toEqual([]);
  });
});

describe('a name below', () => {
  const parent = { ...theirs, name: above, tenant: 'acme' };

  test('S2: is marked under one that nobody has, and found there with its owner', async () => {
    expect(await markBelow(ledger, above, mine)).toBe(true);
    expect(await readBelow(ledger, above)).toEqual([mine]);
    expect((await readNames(ledger, [above])).get(above)).toEqual({ below: expect.any(String) });
  });

  test('S2: is refused under the name of another tenant, and not under that of its own', async () => {
    await claimName(ledger, parent);
    expect(await markBelow(ledger, above, mine)).toBe(false);
    expect(await markBelow(ledger, above, { ...mine, tenant: 'acme' })).toBe(true);
  });

  test('S2: that is marked after a look keeps the name above from being claimed by that look', async () => {
    const seen = await readName(ledger, above);
    await markBelow(ledger, above, mine);
    expect(await claimName(ledger, parent, seen)).toBeUndefined();
    expect(await claimName(ledger, parent, await readName(ledger, above))).toEqual({ anew: true });
  });

  test('S2: has been marked, also when the name above was given back meanwhile', async () => {
    const seen = await readName(ledger, above);
    const same = { ...mine, tenant: 'acme' };
    await claimName(ledger, parent, seen);
    await markBelow(ledger, above, same);
    await releaseName(ledger, parent);
    expect(await readName(ledger, above)).toEqual({ below: `${name} request-1` });
    expect(await claimName(ledger, { ...parent, tenant: 'other' }, seen)).toBeUndefined();
  });

  test('is unmarked by its site, or by the request that marked it', async () => {
    await markBelow(ledger, above, mine);
    await unmarkBelow(ledger, above, theirs);
    await unmarkBelow(ledger, above, { ...mine, request: 'request-3' });
    expect(await readBelow(ledger, above)).toEqual([mine]);
    await unmarkBelow(ledger, above, { name, domain: mine.domain });
    expect(await readBelow(ledger, above)).toEqual([]);
  });
});
