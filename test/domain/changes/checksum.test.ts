import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Change } from '../../../domain/changes/change.ts';
import { canonicalJson, checksum } from '../../../domain/changes/checksum.ts';
import { differences } from '../../../domain/changes/differences.ts';
import { aSite } from '../../support/site.ts';
import { aLiveWorld, aWorld, changes } from '../../support/world.ts';

const create: Change = {
  verb: 'create',
  phase: 'shift',
  resource: { type: 'record', name: 'a.test A' },
  after: { b: 1, a: [2] },
  message: 'Create',
};

/** The same value with every object's keys the other way round. */
const turned = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toReversed())
      : part,
  );

describe('checksum()', () => {
  test('is the same whatever the order of keys', () => {
    for (const value of fc.sample(fc.jsonValue(), { numRuns: 100, seed: 1 })) {
      expect(canonicalJson(turned(value))).toBe(canonicalJson(JSON.parse(JSON.stringify(value))));
    }
    const list = changes(aWorld(), aSite());
    expect(checksum(turned(list) as Change[])).toBe(checksum(list));
  });

  test('leaves the words out', () => {
    expect(checksum([{ ...create, message: 'Said otherwise' }])).toBe(checksum([create]));
  });

  test('changes with the verb, the resource, either state and the order', () => {
    const other: Change = { ...create, resource: { type: 'record', name: 'b.test A' } };
    const sums = [
      [create],
      [other],
      [{ ...create, verb: 'keep' as const }],
      [{ ...create, after: { b: 2, a: [2] } }],
      [{ ...create, before: {} }],
      [create, other],
      [other, create],
    ].map(checksum);
    expect(new Set(sums).size).toBe(sums.length);
  });
});

describe('differences()', () => {
  test('says nothing of what is the same', () => {
    expect(differences(changes(aWorld(), aSite()), changes(aWorld(), aSite()))).toEqual([]);
  });

  test('names each thing that is other than planned, was not there, or is gone', () => {
    const kept: Change = { ...create, verb: 'keep', message: 'Keep' };
    const gone: Change = { ...create, resource: { type: 'listener', name: 'np HTTP 80' } };
    expect(differences([create, gone], [kept])).toEqual([
      'record a.test A: planned create (Create), now keep (Keep)',
      'listener np HTTP 80: planned create (Create), now nothing',
    ]);
    expect(differences([], [create])).toEqual(['record a.test A: planned nothing, now create (Create)']);
  });

  test('sees that a site went live meanwhile', () => {
    expect(differences(changes(aWorld(), aSite()), changes(aLiveWorld(), aSite())).length).toBeGreaterThan(10);
  });
});
