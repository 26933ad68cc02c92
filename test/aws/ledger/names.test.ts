import { expect, test } from '@jest/globals';
import { claimName, dropName, releaseName } from '../../../aws/ledger/claim-name.ts';
import { useLedger } from '../../support/ledger.ts';

const ledger = useLedger();
const name = 'www.example.test';
const mine = { name, domain: 'shop.example.test', request: 'request-1' };
const theirs = { name, domain: 'blog.example.test', request: 'request-2' };

test('S2: a name has one owner', async () => {
  expect(await claimName(ledger, mine)).toEqual({ owner: 'shop.example.test', anew: true });
  expect(await claimName(ledger, theirs)).toEqual({ owner: 'shop.example.test', anew: false });
});

test('S2: of many that claim a name at once one gets it', async () => {
  const claims = Array.from({ length: 8 }, (_, n) => claimName(ledger, { ...mine, domain: `site-${n}.test` }));
  const owners = new Set((await Promise.all(claims)).map(({ owner }) => owner));
  expect(owners.size).toBe(1);
});

test('its owner may claim a name again, which is not anew', async () => {
  await claimName(ledger, mine);
  expect(await claimName(ledger, { ...mine, request: 'request-3' })).toEqual({ owner: mine.domain, anew: false });
});

test('a name that was given back is free', async () => {
  await claimName(ledger, mine);
  await releaseName(ledger, mine);
  expect(await claimName(ledger, theirs)).toEqual({ owner: theirs.domain, anew: true });
});

test('a request gives back only what it claimed last', async () => {
  await claimName(ledger, mine);
  await claimName(ledger, { ...mine, request: 'request-3' });
  await releaseName(ledger, mine);
  await releaseName(ledger, theirs);
  expect(await claimName(ledger, theirs)).toEqual({ owner: mine.domain, anew: false });
});

test('a site drops its own names only', async () => {
  await claimName(ledger, mine);
  await dropName(ledger, theirs);
  expect((await claimName(ledger, theirs)).owner).toBe(mine.domain);
  await dropName(ledger, mine);
  expect((await claimName(ledger, theirs)).owner).toBe(theirs.domain);
});
