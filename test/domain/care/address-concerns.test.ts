import { expect, test } from '@jest/globals';
import { type AddressSeen, addressConcerns } from '../../../domain/care/address-concerns.ts';

const address: AddressSeen = {
  allocationId: 'eipalloc-1',
  address: '203.0.113.9',
  instanceId: 'i-0123456789abcdef0',
  associationId: 'eipassoc-1',
  state: 'running',
};
const loose: AddressSeen = { allocationId: 'eipalloc-1', address: '203.0.113.9' };

const found = (seen: AddressSeen, isUsed = true) =>
  addressConcerns([seen], { domain: 'shop.example.test', area: 'addresses', isUsed });

test.each([
  ['a running server', address],
  ['a server that starts', { ...address, state: 'pending' }],
  ['a network interface of no instance, where a person has moved it', { ...loose, associationId: 'eipassoc-2' }],
])('an address that leads to %s is no concern', (_, seen) => {
  expect(found(seen)).toEqual([]);
});

test.each([
  ['leads to a stopped server', { ...address, state: 'stopped' }, true, 'Nameplate starts it too'],
  ['the document gives to a server', loose, true, 'the server gets the address back'],
  ['no document uses', loose, false, 'aws ec2 release-address --allocation-id eipalloc-1'],
])('an address that %s is told of with its price and what to do, once it was seen twice', (_, seen, isUsed, fix) => {
  expect(found(seen, isUsed)).toEqual([
    expect.objectContaining({
      code: 'addressIdle',
      subject: '203.0.113.9',
      isCertain: false,
      message: expect.stringContaining('costs 3.65 USD a month'),
      fix: expect.stringContaining(fix),
    }),
  ]);
});
