import { describe, expect, test } from '@jest/globals';
import { accessRules, ruleChanges } from '../../../domain/load-balancers/access-rules.ts';
import { aLockedSite } from '../../support/locked.ts';
import { aSite } from '../../support/site.ts';

describe('accessRules()', () => {
  test('lets every block of the access list reach 443, and 80 for the redirect', () => {
    expect(accessRules(aSite({ access: ['198.51.100.7/32', '::/0'], http: 'redirect' }))).toEqual([
      { port: 443, cidr: '198.51.100.7/32' },
      { port: 443, cidr: '::/0' },
      { port: 80, cidr: '198.51.100.7/32' },
      { port: 80, cidr: '::/0' },
    ]);
    expect(accessRules(aSite({ access: ['::/0'], http: 'reject' }))).toEqual([{ port: 443, cidr: '::/0' }]);
  });

  test("lets CloudFront's addresses alone reach 443 where the origin is locked, and everyone without the lock", () => {
    const prefixList = 'com.amazonaws.global.cloudfront.origin-facing';
    expect(accessRules(aSite(aLockedSite()))).toEqual([{ port: 443, prefixList }]);
    expect(accessRules(aSite(aLockedSite({ lock: false })))).toEqual([
      { port: 443, cidr: '0.0.0.0/0' },
      { port: 443, cidr: '::/0' },
    ]);
  });
});

describe('ruleChanges()', () => {
  const everywhere = { port: 443, cidr: '0.0.0.0/0' };
  const mine = { port: 443, cidr: '198.51.100.7/32' };

  test('adds what is missing and takes away what is no longer wanted', () => {
    expect(ruleChanges([everywhere], [mine])).toEqual({ add: [mine], remove: [everywhere] });
  });

  test('changes nothing when the rules stand', () => {
    expect(ruleChanges([mine], [mine])).toEqual({ add: [], remove: [] });
  });
});
