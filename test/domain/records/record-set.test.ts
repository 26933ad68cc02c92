import { describe, expect, test } from '@jest/globals';
import { canonicalRecordName, inWords, isSameSet, saysTheSame } from '../../../domain/records/record-set.ts';
import { aSet } from '../../support/records.ts';

describe('canonicalRecordName()', () => {
  test.each([
    ['Shop.Example.test.', 'shop.example.test'],
    ['\\052.example.test.', '*.example.test'],
    ['_acme\\055x.example.test', '_acme-x.example.test'],
    ['a\\056b.example.test.', 'a\\056b.example.test'],
    ['a\\040b.example.test.', 'a\\040b.example.test'],
  ])('R20: knows "%s" as "%s"', (told, canonical) => {
    expect(canonicalRecordName(told)).toBe(canonical);
    expect(canonicalRecordName(canonical)).toBe(canonical);
  });
});

describe('isSameSet()', () => {
  const set = aSet('shop.example.test', 'A', '203.0.113.7', '203.0.113.8');

  test('minds no order of values', () => {
    expect(isSameSet(set, aSet('shop.example.test', 'A', '203.0.113.8', '203.0.113.7'))).toBe(true);
    expect(isSameSet(set, aSet('shop.example.test', 'A', '203.0.113.7'))).toBe(false);
  });

  test('R20: takes "Target.test." and "target.test" for one name in a CNAME, not in a TXT', () => {
    const same = (type: string) => isSameSet(aSet('a.test', type, 'Target.test.'), aSet('a.test', type, 'target.test'));
    expect(same('CNAME')).toBe(true);
    expect(same('TXT')).toBe(false);
  });

  test('minds the TTL, which saysTheSame() leaves aside', () => {
    expect(isSameSet(set, { ...set, ttlSeconds: 60 })).toBe(false);
    expect(saysTheSame(set, { ...set, ttlSeconds: 60 })).toBe(true);
  });

  test('compares aliases by where they lead', () => {
    const alias = { zoneId: 'Z35', name: 'np-1.elb.amazonaws.com', evaluateTargetHealth: false };
    const aliased = { name: 'shop.example.test', type: 'A', values: [], alias };
    expect(isSameSet(aliased, { ...aliased, alias: { ...alias, name: 'NP-1.elb.amazonaws.com.' } })).toBe(true);
    expect(isSameSet(aliased, { ...aliased, alias: { ...alias, name: 'np-2.elb.amazonaws.com' } })).toBe(false);
    expect(isSameSet(aliased, { ...aliased, alias: { ...alias, evaluateTargetHealth: true } })).toBe(false);
    expect(isSameSet(aliased, aSet('shop.example.test', 'A'))).toBe(false);
  });

  test('keeps sets of a routing policy apart', () => {
    expect(isSameSet({ ...set, setIdentifier: 'blue' }, { ...set, setIdentifier: 'green' })).toBe(false);
  });
});

test('inWords() shows a record in one line', () => {
  expect(inWords({ ...aSet('shop.example.test', 'A', '203.0.113.7'), setIdentifier: 'blue' })).toBe(
    'shop.example.test A 203.0.113.7 (set "blue")',
  );
});
