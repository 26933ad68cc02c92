import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contains, overlap, readCidr, wholeFamily } from '../../../domain/sites/cidr.ts';

test.each([
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['203.0.113.7/32', '203.0.113.7/32'],
  ['255.255.255.255/32', '255.255.255.255/32'],
  ['::/0', '::/0'],
  ['0:0:0:0:0:0:0:0/0', '::/0'],
  ['2001:DB8::/32', '2001:db8::/32'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001/128', '2001:db8::1/128'],
  ['64:ff9b::1.2.3.4/128', '64:ff9b::102:304/128'],
])('readCidr() takes %s as %s', (typed, cidr) => {
  expect(readCidr(typed)).toEqual({ cidr });
});

test.each([
  ['10.1.2.3/8', 'give "10.0.0.0/8", or "10.1.2.3/32"'],
  ['203.0.113.7/24', 'give "203.0.113.0/24", or "203.0.113.7/32"'],
  ['2001:db8::1/32', 'give "2001:db8::/32", or "2001:db8::1/128"'],
  ['0.0.0.1/0', 'give "0.0.0.0/0"'],
])('readCidr() names the network that %s lies in', (typed, advice) => {
  expect(readCidr(typed).problem).toContain(advice);
});

test.each([
  '',
  '/',
  'everyone',
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/08',
  '10.0.0.0/8/8',
  '10.0.0/8',
  '010.0.0.0/8',
  '256.0.0.0/8',
  '0x0a.0.0.0/8',
  '10.0.0.0/255.0.0.0',
  '::/129',
  '::',
  ':::/0',
  'fe80::%eth0/64',
  '[::]/0',
  ' 10.0.0.0/8',
])('readCidr() refuses %j', (typed) => {
  expect(readCidr(typed).problem).toMatch(/^Cannot read /);
});

test('readCidr() reads every network it names, and reads it the same twice', () => {
  const blocks = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
  );
  fc.assert(
    fc.property(blocks, ([address, length]) => {
      const read = readCidr(`${address}/${length}`);
      const cidr = read.cidr ?? /give "([^"]+)"/.exec(read.problem ?? '')?.[1] ?? '';
      expect(readCidr(cidr)).toEqual({ cidr });
    }),
    { numRuns: 500 },
  );
});

describe('contains() and overlap()', () => {
  test.each([
    ['10.0.0.0/16', '10.0.1.0/24', true],
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.1.0/24', '10.0.0.0/16', false],
    ['10.0.0.0/16', '10.1.0.0/24', false],
    ['0.0.0.0/0', '203.0.113.7/32', true],
    ['::/0', '203.0.113.7/32', false],
    ['2001:db8::/32', '2001:db8:1f00::/56', true],
  ])('%s holds %s: %j', (outer, inner, holds) => {
    expect(contains(outer, inner)).toBe(holds);
  });

  test('blocks overlap when one lies in the other', () => {
    expect(overlap('10.0.1.0/24', '10.0.0.0/16')).toBe(true);
    expect(overlap('10.0.1.0/24', '10.0.2.0/24')).toBe(false);
  });
});

test.each([
  [['0.0.0.0/1', '128.0.0.0/1'], 4],
  [['0.0.0.0/1', '0.0.0.0/1', '10.0.0.0/8', '192.0.0.0/2', '128.0.0.0/2'], 4],
  [['203.0.113.7/32', '::/0'], 6],
  [['0.0.0.0/1', '0.0.0.0/1'], undefined],
  [['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3', '::/1'], undefined],
  [[], undefined],
])('wholeFamily() finds of %j that they hold every address of IPv%s', (cidrs, family) => {
  expect(wholeFamily(cidrs)).toBe(family);
});
