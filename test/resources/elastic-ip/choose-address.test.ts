import { describe, expect, test } from '@jest/globals';
import { ownerTags } from '../../../domain/ownership.ts';
import { chooseAddress } from '../../../resources/elastic-ip/choose-address.ts';

const owner = { domain: 'shop.example.test', stack: 'Nameplate' };
const instanceId = 'i-0123456789abcdef0';
const asked = { instanceId, owner };
const foreign = { allocationId: 'eipalloc-1', address: '203.0.113.7', tags: {} };
const ours = { allocationId: 'eipalloc-2', address: '203.0.113.8', tags: ownerTags(owner) };

describe('chooseAddress()', () => {
  test('uses the address that the instance has, as found when it is not ours', () => {
    expect(chooseAddress([ours, { ...foreign, instanceId }], asked)).toMatchObject({
      act: 'use',
      ours: false,
      address: { allocationId: 'eipalloc-1' },
    });
    expect(chooseAddress([{ ...ours, instanceId }], asked)).toMatchObject({ act: 'use', ours: true });
  });

  test('finds the address that was allocated for the site before its worker died', () => {
    expect(chooseAddress([foreign, ours], asked)).toEqual({ act: 'associate', address: ours });
  });

  test('W7: takes no address of somebody else, free or not', () => {
    const elsewhere = { ...ours, instanceId: 'i-other' };
    const others = { ...foreign, tags: ownerTags({ ...owner, domain: 'other.test' }) };
    expect(chooseAddress([foreign, elsewhere, others], asked)).toEqual({ act: 'allocate' });
  });
});
