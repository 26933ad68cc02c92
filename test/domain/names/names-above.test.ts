import { expect, test } from '@jest/globals';
import { claimableAbove } from '../../../domain/names/names-above.ts';

test('claimableAbove() gives the names above a name, the nearest first, without the top-level domain', () => {
  expect(claimableAbove('a.b.example.test')).toEqual(['b.example.test', 'example.test']);
  expect(claimableAbove('example.test')).toEqual([]);
});
