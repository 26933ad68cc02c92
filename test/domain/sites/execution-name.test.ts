import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { executionName } from '../../../domain/sites/execution-name.ts';

test('executionName() says which site, revision and operation it is', () => {
  expect(executionName('shop.example.test', 2, 'onboard')).toBe('shop_example_test-r2-onboard');
});

test('W4: executionName() keeps two sites apart that differ in a dot and a hyphen', () => {
  expect(executionName('a-b.test', 1, 'onboard')).not.toBe(executionName('a.b.test', 1, 'onboard'));
});

test('executionName() keeps to 80 characters that CloudWatch Logs takes, and long names apart', () => {
  const long = (last: string) => `${'a'.repeat(60)}.${'b'.repeat(60)}.${last}`;
  expect(executionName(long('com'), 12, 'onboard')).toHaveLength(80);
  expect(executionName(long('com'), 1, 'onboard')).not.toBe(executionName(long('org'), 1, 'onboard'));
  fc.assert(
    fc.property(fc.domain(), fc.integer({ min: 1, max: 9_999 }), (domain, revision) => {
      expect(executionName(domain, revision, 'onboard')).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
    }),
  );
});
