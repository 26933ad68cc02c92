import { describe, expect, test } from '@jest/globals';
import {
  reachedLimits,
  readTake,
  type SiteShare,
  type Take,
  takesOf,
  whyReached,
} from '../../../domain/tenants/share.ts';
import { aSite } from '../../support/site.ts';

const id = 'i-0123456789abcdef0';
const address = (instance: string): Take => ({ quota: 'elasticAddresses', instance });
const edge: Take[] = ['loadBalancers', 'certificates', 'targetGroups'];

describe('B10: takesOf()', () => {
  test.each([
    ['behind a load balancer', {}, false, edge],
    [
      'with a name for SSH, in a zone to be made',
      { directName: 'direct.shop.example.test' },
      true,
      [...edge, address(id), 'zones'],
    ],
    [
      'behind CloudFront',
      { edge: 'cdn' as const },
      false,
      ['loadBalancers', 'certificates', 'viewerCertificates', 'targetGroups', 'distributions'] as Take[],
    ],
    ['direct', { edge: 'direct' as const }, false, [address(id)]],
    ['with its records elsewhere', { edge: 'direct' as const, dns: 'external' as const }, true, [address(id)]],
  ])('tells what a site takes of the account: %s', (_, changes, makesZone, takes) => {
    expect(takesOf(aSite(changes), { makesZone })).toEqual(takes);
  });
});

describe('readTake()', () => {
  test('understands the words in which an earlier version wrote the address of an instance', () => {
    expect(readTake(`elasticAddresses ${id}`)).toEqual(address(id));
    expect([readTake('zones'), readTake(address(id))]).toEqual(['zones', address(id)]);
  });
});

describe('B10: reachedLimits()', () => {
  const limits = { operations: 2, percent: 50 };
  const site = (changes: Partial<SiteShare> = {}): SiteShare => ({
    at: '2026-11-29T12:00:00.000Z',
    open: false,
    takes: [],
    ...changes,
  });
  const reached = (
    sites: Record<string, SiteShare>,
    { had = [], account = {} }: { had?: Take[]; account?: { loadBalancers?: number } } = {},
  ) =>
    reachedLimits({ ...sites }, { domain: 'new.test', had, limits, account }).map(({ limited, allowed, by }) => [
      limited,
      allowed,
      by.map(({ domain }) => domain),
    ]);

  test('counts the operations of the other sites that are open', () => {
    const mine = { 'new.test': site({ open: true }) };
    expect(reached({ 'a.test': site({ open: true }), 'b.test': site(), ...mine })).toEqual([]);
    expect(reached({ 'a.test': site({ open: true }), 'b.test': site({ open: true }), ...mine })).toEqual([
      ['operations', 2, ['a.test', 'b.test']],
    ]);
  });

  test('counts what is taken against a share of what AWS has granted, or allows by default', () => {
    const taking = site({ takes: ['loadBalancers'] });
    const sites = { 'a.test': taking, 'b.test': taking, 'new.test': taking };
    expect(reached(sites)).toEqual([]);
    expect(reached(sites, { account: { loadBalancers: 6 } })).toEqual([]);
    expect(reached(sites, { account: { loadBalancers: 5 } })).toEqual([['loadBalancers', 2, ['a.test', 'b.test']]]);
  });

  test('does not hold against a site what it had before', () => {
    const taking = site({ takes: ['loadBalancers'] });
    const sites = { 'a.test': taking, 'b.test': taking, 'new.test': taking };
    expect(reached(sites, { had: ['loadBalancers'], account: { loadBalancers: 2 } })).toEqual([]);
  });

  test('counts the address of an instance once, whichever sites share it', () => {
    const on = (instance: string) => site({ takes: [address(instance)] });
    // Five by default: two of them for one tenant.
    expect(reached({ 'a.test': on('i-1'), 'b.test': on('i-2'), 'new.test': on('i-2') })).toEqual([]);
    expect(reached({ 'a.test': on('i-1'), 'b.test': on('i-2'), 'new.test': on('i-3') })).toEqual([
      ['elasticAddresses', 2, ['a.test', 'b.test']],
    ]);
  });

  test('is told with what counts and what to do', () => {
    const by = Array.from({ length: 12 }, (_, place) => ({ domain: `${place}.test`, open: true }));
    expect(whyReached({ limited: 'operations', allowed: 12, by })).toBe(
      'The tenant may have 12 operations open at once, and has them (0.test, 1.test, 2.test, 3.test, 4.test, 5.test, 6.test, 7.test, 8.test, 9.test and 2 more). Wait until one of them ends, or cancel one',
    );
  });

  test('counts a site that has made nothing yet, says so, and advises what can be done about it', () => {
    const by = [
      { domain: 'a.test', open: true },
      { domain: 'b.test', open: false },
    ];
    expect(whyReached({ limited: 'elasticAddresses', allowed: 2, by })).toBe(
      "The tenant's share of the account is 2 elastic addresses (sites on one instance count once). A site counts from its declaration until it is undone, whether its own is made yet or not: a.test (its operation runs), b.test. Take one of them back: undo it, or, while its operation runs, cancel it and have it undone",
    );
  });
});
