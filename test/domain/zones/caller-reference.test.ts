import { describe, expect, test } from '@jest/globals';
import { callerReference, isMadeFor, isMadeForAnother } from '../../../domain/zones/caller-reference.ts';

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
      for (const tenant of tenants) expect(isMadeForAnother(tenant, reference)).toBe(tenant !== made);
    }
  });

  test('of a zone that Nameplate did not make leaves it to the account', () => {
    for (const reference of ['terraform-20261122', 'nameplate-mine', '']) {
      expect(isMadeForAnother('acme', reference)).toBe(false);
    }
  });
});
