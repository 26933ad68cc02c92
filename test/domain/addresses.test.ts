import { isIPv4, isIPv6 } from 'node:net';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isIpv4, isIpv6 } from '../../domain/addresses.ts';

const almost = fc.oneof(
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.stringMatching(/^[0-9a-f:.]{0,20}$/),
  fc.constantFrom(
    '::',
    '::1',
    '1::',
    '1::2::3',
    ':::',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8:9',
    '1.2.3.04',
    '',
  ),
);

test('isIpv4() and isIpv6() judge as the operating system would', () => {
  fc.assert(
    fc.property(almost, (text) => {
      expect(isIpv4(text)).toBe(isIPv4(text));
      expect(isIpv6(text)).toBe(isIPv6(text));
    }),
    { numRuns: 5_000 },
  );
});

test('isIpv6() takes no zone and no brackets', () => {
  expect(['fe80::1%eth0', '[::1]', '::1]', '::1/64', '::1 '].filter(isIpv6)).toEqual([]);
});
