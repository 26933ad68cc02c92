import { describe, expect, test } from '@jest/globals';
import { created, deleted, replaced } from '../../../domain/records/exchange.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import { forgottenAt, remembered, rememberedInWords } from '../../../domain/records/remembered.ts';
import { aSet } from '../../support/records.ts';

const NAME = 'shop.example.test';
const now = new Date('2026-11-22T14:05:30.000Z');
const old = { ...aSet(NAME, 'A', '203.0.113.9'), ttlSeconds: 86_400 };
const ours = aSet(NAME, 'A', '203.0.113.7');

describe('C10, F2: what resolvers remember once records have moved', () => {
  test('the longest TTL of what was replaced, until an instant that people can read', () => {
    const memory = remembered([replaced(old, ours)]);
    expect(memory).toEqual({ oldSeconds: 86_400, absent: [] });
    expect(rememberedInWords(memory, now)).toEqual([
      'Resolvers may answer with the old records until 2026-11-23 14:05 UTC (TTL 86400 s)',
    ]);
    expect(forgottenAt(memory, now).toISOString()).toBe('2026-11-23T14:05:30.000Z');
  });

  test('R18: that a name had no answer', () => {
    expect(rememberedInWords(remembered([created(ours)]), now)).toEqual([
      `Resolvers that asked before may have no answer for "${NAME}" until 2026-11-22 14:20 UTC (TTL 900 s)`,
    ]);
  });

  test('a minute of an alias, and nothing of owner markers', () => {
    const alias = {
      name: NAME,
      type: 'AAAA',
      values: [],
      alias: { zoneId: 'Z', name: 'np', evaluateTargetHealth: false },
    };
    const marker = markerSet(NAME, { domain: NAME, stack: 'Nameplate', generation: 1 });
    expect(remembered([deleted(alias), deleted(marker)])).toEqual({ oldSeconds: 60, absent: [] });
    expect(remembered([created(marker)])).toEqual({ oldSeconds: 0, absent: [] });
  });
});
