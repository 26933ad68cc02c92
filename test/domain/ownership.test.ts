import { describe, expect, test } from '@jest/globals';
import { isOwnedBy, ownerTags, resourceName, whoseItIs } from '../../domain/ownership.ts';

const owner = { domain: 'shop.example.test', stack: 'Nameplate' };

describe('isOwnedBy()', () => {
  test('wants the site and the stack', () => {
    expect(isOwnedBy(owner, { ...ownerTags(owner), Name: 'whatever' })).toBe(true);
    expect(isOwnedBy(owner, ownerTags({ ...owner, stack: 'Staging' }))).toBe(false);
    expect(isOwnedBy(owner, ownerTags({ ...owner, domain: 'other.test' }))).toBe(false);
    expect(isOwnedBy(owner, {})).toBe(false);
  });
});

test('whoseItIs() names the owner of a thing in the way', () => {
  expect(whoseItIs({})).toBe('it has no owner tags');
  expect(whoseItIs(ownerTags(owner))).toBe('it belongs to the site "shop.example.test" of the stack "Nameplate"');
});

test('L9: resourceName() fits a load balancer, however long the domain', () => {
  for (const domain of ['a.test', `${'long-'.repeat(12)}label.${'x'.repeat(60)}.example.test`]) {
    expect(resourceName(domain)).toMatch(/^np-[0-9a-f]{12}$/);
  }
});
