import { expect, test } from '@jest/globals';
import { addressTypes } from '../../../domain/sites/address-types.ts';

test.each([
  [
    ['0.0.0.0/0', '::/0'],
    ['A', 'AAAA'],
  ],
  [['198.51.100.7/32'], ['A']],
  [['2001:db8::/32'], ['AAAA']],
  [
    ['2001:db8::/32', '198.51.100.7/32'],
    ['A', 'AAAA'],
  ],
])('C7: addressTypes() has for access %j the records %j', (access, types) => {
  expect(addressTypes({ access })).toEqual(types);
});
