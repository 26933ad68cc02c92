import { describe, expect, test } from '@jest/globals';
import { delegatedAt, exists, namesAbove, silencedAbove, wildcardSets } from '../../../domain/records/zone-view.ts';
import { aSet, aView } from '../../support/records.ts';

const wildcard = aSet('*.example.test', 'A', '198.51.100.9');

test('namesAbove() goes up to the zone', () => {
  expect(namesAbove('a.b.example.test', 'example.test')).toEqual(['b.example.test', 'example.test']);
  expect(namesAbove('example.test', 'example.test')).toEqual([]);
});

test('a name exists when something below it does', () => {
  const view = aView(aSet('_x.shop.example.test', 'CNAME', 'y.'));
  expect(exists(view, 'shop.example.test')).toBe(true);
  expect(exists(view, 'op.example.test')).toBe(false);
});

describe('R31: wildcardSets()', () => {
  test('tells what a wildcard answers for a name that does not exist', () => {
    expect(wildcardSets(aView(wildcard), 'shop.example.test')).toEqual([wildcard]);
    expect(wildcardSets(aView(wildcard), 'www.shop.example.test')).toEqual([wildcard]);
    expect(wildcardSets(aView(), 'shop.example.test')).toEqual([]);
  });

  test('is silent about a name that exists, with whatever', () => {
    expect(wildcardSets(aView(wildcard, aSet('shop.example.test', 'TXT', '"x"')), 'shop.example.test')).toEqual([]);
    expect(wildcardSets(aView(wildcard, aSet('_x.shop.example.test', 'TXT', '"x"')), 'shop.example.test')).toEqual([]);
  });

  test('minds the closest name that exists, and no wildcard above it', () => {
    const view = aView(wildcard, aSet('shop.example.test', 'A', '198.51.100.8'));
    expect(wildcardSets(view, 'www.shop.example.test')).toEqual([]);
  });
});

describe('R31: silencedAbove()', () => {
  test('names what would exist from then on and no longer be answered by the wildcard', () => {
    expect(silencedAbove(aView(wildcard), 'www.shop.example.test')).toEqual(['shop.example.test']);
    expect(silencedAbove(aView(wildcard), 'shop.example.test')).toEqual([]);
    expect(silencedAbove(aView(), 'www.shop.example.test')).toEqual([]);
  });
});

test('A11: delegatedAt() finds a delegation at the name or above, but not the zone itself', () => {
  const delegation = aSet('shop.example.test', 'NS', 'ns1.elsewhere.test.');
  expect(delegatedAt(aView(delegation), 'www.shop.example.test')).toBe(delegation);
  expect(delegatedAt(aView(delegation), 'shop.example.test')).toBe(delegation);
  expect(delegatedAt(aView(delegation), 'example.test')).toBeUndefined();
});
