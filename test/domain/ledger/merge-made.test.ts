import { expect, test } from '@jest/globals';
import type { Made } from '../../../domain/ledger/made.ts';
import { mergeMade } from '../../../domain/ledger/merge-made.ts';

const zone: Made = { type: 'hosted zone', id: 'Z1', ours: true };
const certificate: Made = { type: 'certificate', id: 'arn:1', ours: true };

test('mergeMade() forgets nothing that was made', () => {
  expect(mergeMade([zone], [certificate])).toEqual([zone, certificate]);
  expect(mergeMade([zone, certificate], [])).toEqual([zone, certificate]);
});

test('mergeMade() keeps ours what a second run only found standing', () => {
  expect(mergeMade([zone], [{ ...zone, ours: false, detail: 'four name servers' }])).toEqual([
    { ...zone, detail: 'four name servers' },
  ]);
});

test('mergeMade() tells things of one id and two types apart', () => {
  expect(mergeMade([zone], [{ ...zone, type: 'record' }])).toHaveLength(2);
});
