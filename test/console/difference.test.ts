import { expect, test } from '@jest/globals';
import { difference } from '../../console/plan/difference.ts';

test('a property that changes has both values, one that stays two equal ones, in the order of their declaration', () => {
  expect(difference({ port: 80, path: '/', old: true }, { port: 80, path: '/up', names: ['a', 'b'] })).toEqual([
    { property: 'port', before: '80', after: '80' },
    { property: 'path', before: '/', after: '/up' },
    { property: 'old', before: 'true' },
    { property: 'names', after: 'a, b' },
  ]);
});

test('what is inside of an object has the path to it, and an empty list is a value', () => {
  expect(difference({ routing: { Failover: 'PRIMARY' }, names: [] }, { routing: { Failover: 'SECONDARY' } })).toEqual([
    { property: 'routing.Failover', before: 'PRIMARY', after: 'SECONDARY' },
    { property: 'names', before: '(none)' },
  ]);
});

test('objects in a list are opened by their place', () => {
  expect(difference({ records: [{ values: ['a', 'b'] }] }, { records: [{ values: ['a'] }] })).toEqual([
    { property: 'records.0.values', before: 'a, b', after: 'a' },
  ]);
});

test('what is created has no value before, what is removed none after', () => {
  expect(difference(undefined, { a: 1 })).toEqual([{ property: 'a', after: '1' }]);
  expect(difference({ a: null }, undefined)).toEqual([{ property: 'a', before: 'null' }]);
});
