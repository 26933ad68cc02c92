import { describe, expect, test } from '@jest/globals';
import {
  missingValidation,
  planValidation,
  validationConflict,
  validationSets,
} from '../../../resources/validation-record/batch.ts';
import { aSet, aView } from '../../support/records.ts';

const record = { domain: 'shop.example.test', name: '_a1.shop.example.test.', value: '_b2.acm-validations.aws.' };
const wanted = validationSets([record]);

describe('validationSets()', () => {
  test('A13: writes the CNAME that a name shares with its wildcard once', () => {
    expect(validationSets([record, { ...record, domain: '*.shop.example.test' }])).toEqual([
      { name: '_a1.shop.example.test', type: 'CNAME', ttlSeconds: 300, values: ['_b2.acm-validations.aws.'] },
    ]);
  });
});

describe('planValidation()', () => {
  test('creates what is missing, and never replaces', () => {
    expect(planValidation(aView(), wanted)).toMatchObject([{ verb: 'create', target: '_a1.shop.example.test CNAME' }]);
  });

  test('A14: leaves the shared CNAME as another certificate wrote it, whatever its TTL', () => {
    const standing = { ...aSet('_a1.shop.example.test', 'CNAME', '_B2.acm-validations.aws'), ttlSeconds: 60 };
    expect(planValidation(aView(standing), wanted)).toEqual([]);
    expect(validationConflict(aView(standing), wanted)).toBeUndefined();
  });
});

test('C5: missingValidation() tells records that are gone from those that something else has replaced', () => {
  const there = { ...aSet('_a1.shop.example.test', 'CNAME', '_B2.acm-validations.aws'), ttlSeconds: 60 };
  expect(missingValidation(aView(there), wanted)).toEqual({ gone: [], replaced: [] });
  expect(missingValidation(aView(), wanted)).toEqual({ gone: wanted, replaced: [] });
  const other = aSet('_a1.shop.example.test', 'CNAME', '_other.acm-validations.aws.');
  expect(missingValidation(aView(other), wanted)).toEqual({ gone: [], replaced: wanted });
});

test('R5: validationConflict() names the foreign record', () => {
  const foreign = aView(aSet('_a1.shop.example.test', 'CNAME', '_old.acm-validations.aws.'));
  expect(validationConflict(foreign, wanted)).toContain('_a1.shop.example.test CNAME _old.acm-validations.aws stands');
});

test('R5: validationConflict() lets what is to be adopted give way, but no delegation', () => {
  const foreign = aSet('_a1.shop.example.test', 'TXT', '"theirs"');
  expect(validationConflict(aView(foreign), wanted, { adopt: true })).toBeUndefined();
  expect(planValidation(aView(foreign), wanted)).toMatchObject([
    { verb: 'delete', before: foreign, message: expect.stringContaining('it was adopted') },
    { verb: 'create', target: '_a1.shop.example.test CNAME' },
  ]);
  const delegation = aSet('_a1.shop.example.test', 'NS', 'ns1.elsewhere.test.');
  expect(validationConflict(aView(delegation), wanted, { adopt: true })).toContain('is never taken over');
});
