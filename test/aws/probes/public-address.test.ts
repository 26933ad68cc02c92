import { describe, expect, test } from '@jest/globals';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';

describe('isPublicAddress()', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
  ])('S4: keeps probes away from %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b::169.254.169.254',
    '2002:7f00:1::1',
    '2001:0:7f00:1::',
    '::7f00:1',
    '::127.0.0.1',
  ])('S5: sees through the wrapped form %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['0x7f.1', '2130706433', '127.1', '①②⑦.0.0.1', 'localhost', '', 'fe80::1%eth0', '127.0.0.1:80'])(
    'S5: takes "%s" for no address at all',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );

  test.each(['198.41.0.4', '8.8.8.8', '172.32.0.1', '2600:9000::1', '203.0.113.7', '198.51.100.53', '2001:db8::7'])(
    'lets probes reach %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});
