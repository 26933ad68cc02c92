import { expect, test } from '@jest/globals';
import { chooseDelegated } from '../../../domain/zones/choose-zone.ts';

const one = { id: 'Z1', name: 'example.test', nameServers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'] };
const other = { id: 'Z2', name: 'example.test', nameServers: ['ns-3.awsdns-03.com', 'ns-4.awsdns-04.net'] };

test('R10: chooses the zone that the parent delegates to', () => {
  expect(chooseDelegated([one, other], ['ns-3.awsdns-03.com', 'ns-4.awsdns-04.net'])).toBe(other);
});

test('R10: stops when the parent delegates to none of the zones, or to several', () => {
  const message = 'Cannot choose a hosted zone for "example.test": Z1, Z2 bear that name';
  expect(() => chooseDelegated([one, other], ['ns1.registrar.test'])).toThrow(message);
  expect(() => chooseDelegated([one, other], ['ns-1.awsdns-01.com', 'ns-3.awsdns-03.com'])).toThrow(message);
});
