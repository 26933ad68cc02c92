import { describe, expect, test } from '@jest/globals';
import { challenges } from '../../../domain/entries/challenge.ts';
import { entryTarget } from '../../../domain/entries/entry.ts';
import { trafficEntries, wantedEntries } from '../../../domain/entries/wanted.ts';
import { aSite } from '../../support/site.ts';

const claimant = { account: '123456789012', stack: 'Nameplate' };
const tokenOf = (changes: object) => challenges(aSite(), { ...claimant, ...changes })[0]?.values[0];

describe('challenges()', () => {
  test('ask one proof for all names below one, and another for a name elsewhere', () => {
    const site = aSite({ aliases: ['www.shop.example.test', 'shop.example.com'] });
    expect(challenges(site, claimant).map(entryTarget)).toEqual([
      '_nameplate-challenge.shop.example.test TXT',
      '_nameplate-challenge.shop.example.com TXT',
    ]);
  });

  test('S2: differ by account, stack, tenant and name', () => {
    const values = [
      tokenOf({}),
      tokenOf({ account: '210987654321' }),
      tokenOf({ stack: 'Other' }),
      tokenOf({ tenant: 'a' }),
    ];
    const other = challenges(aSite({ domain: 'other.example.test', aliases: [] }), claimant)[0]?.values[0];
    expect(new Set([...values, other]).size).toBe(5);
  });

  test('S3: are the same each time they are asked for', () => {
    expect(tokenOf({})).toBe(tokenOf({}));
    expect(tokenOf({})).toMatch(/^nameplate-challenge=[0-9a-f]{32}$/);
  });
});

describe('wantedEntries()', () => {
  const validation = [
    { domain: 'shop.example.test', name: '_X.shop.example.test.', value: '_y.acm-validations.aws.' },
    { domain: '*.shop.example.test', name: '_x.shop.example.test.', value: '_y.acm-validations.aws.' },
  ];

  test('A13: asks for the record that a name and its wildcard share once, without dots at the end', () => {
    const entries = wantedEntries(aSite(), { claimant, validation });
    expect(entries.filter((entry) => entry.for === 'validation')).toEqual([
      { name: '_x.shop.example.test', type: 'CNAME', values: ['_y.acm-validations.aws'], for: 'validation' },
    ]);
  });

  test('leads the served names to the load balancer and the direct name to the instance', () => {
    const site = aSite({ directName: 'direct.shop.example.test' });
    const known = { loadBalancer: 'np.elb.amazonaws.com', address: '203.0.113.9' };
    const narrow = trafficEntries({ ...site, access: ['198.51.100.7/32'] }, known);
    // C7: IPv6 viewers would have every packet dropped.
    expect(narrow.find((entry) => entry.for === 'traffic')?.values).toEqual(['np.elb.amazonaws.com']);
    const entries = trafficEntries(site, known).filter((entry) => entry.for === 'traffic');
    expect(entries.map((entry) => `${entryTarget(entry)} ${entry.values}`)).toEqual([
      'shop.example.test CNAME dualstack.np.elb.amazonaws.com',
      'www.shop.example.test CNAME dualstack.np.elb.amazonaws.com',
      'direct.shop.example.test A 203.0.113.9',
    ]);
  });

  test('leads every name of a direct site to the instance', () => {
    const entries = trafficEntries(aSite({ edge: 'direct' }), { address: '203.0.113.9' });
    expect(entries.filter((entry) => entry.for === 'traffic').map(({ type }) => type)).toEqual(['A', 'A']);
  });

  test('asks for nothing that is not known yet', () => {
    expect(wantedEntries(aSite(), { claimant }).map((entry) => entry.for)).toEqual(['ownership']);
  });
});
