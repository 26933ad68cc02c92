import { describe, expect, test } from '@jest/globals';
import { callerReference, isAnothersZone, isMadeFor } from '../../../domain/zones/caller-reference.ts';

const owner = { domain: 'shop.example.test', stack: 'Nameplate' };

describe('the reference of a zone', () => {
  test.each([undefined, 'acme', 'globex'])('says that it was made for the site, whosever (%s) it was', (tenant) => {
    const reference = callerReference({ ...owner, tenant }, 12);
    expect(isMadeFor(owner, reference)).toBe(true);
    expect(isMadeFor({ ...owner, domain: 'blog.example.test' }, reference)).toBe(false);
    expect(reference.length).toBeLessThanOrEqual(128);
  });

  test('B2: S2: says for which tenant, and that of the account by none', () => {
    const tenants = [undefined, 'acme', 'globex'];
    for (const made of tenants) {
      const reference = callerReference({ ...owner, tenant: made }, 1);
      for (const tenant of tenants)
        expect(isAnothersZone(tenant, { callerReference: reference })).toBe(tenant !== made);
    }
  });

  test.each(['terraform-20261122', 'nameplate-mine', ''])(
    'B4: S2: leaves a zone that Nameplate did not make (%j) to the account, and to the tenant of its tag',
    (reference) => {
      const asked = (tenant: string | undefined, tags?: Record<string, string>) =>
        isAnothersZone(tenant, { callerReference: reference, tags });
      expect(asked(undefined)).toBe(false);
      expect(asked('acme')).toBe(true);
      expect(asked('acme', { 'nameplate:tenant': 'globex' })).toBe(true);
      expect(asked('acme', { 'nameplate:tenant': 'acme' })).toBe(false);
    },
  );
});
