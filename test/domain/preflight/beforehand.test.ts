import { describe, expect, test } from '@jest/globals';
import { changes } from '../../../domain/changes/changes.ts';
import type { World } from '../../../domain/changes/world.ts';
import { cost } from '../../../domain/preflight/cost.ts';
import { quotaFindings, quotas } from '../../../domain/preflight/quotas.ts';
import { waits } from '../../../domain/preflight/waits.ts';
import { aSite } from '../../support/site.ts';
import { domain } from '../../support/steps.ts';
import { aLiveWorld, aStandingEdge, aStandingZone, aWorld } from '../../support/world.ts';

const site = aSite({ directName: `direct.${domain}` });
const usage = {
  certificates: 6,
  certificatesRequestedThisYear: 7,
  loadBalancers: 3,
  targetGroups: 5,
  rulesOfWayIn: 2,
  elasticAddresses: 4,
  zones: 12,
};

const quotasOf = (world: World, used = usage) =>
  quotas(changes(world, site), {
    usage: used,
    zones: world.zones,
    edge: world.edge,
    certificateNames: 2,
  });

describe('quotas()', () => {
  test('counts what is used and what the site needs of each', () => {
    expect(quotasOf(aWorld())).toEqual([
      { quota: 'names on one certificate', used: 0, allowed: 10, needs: 2 },
      { quota: 'certificates requested in 365 days', used: 7, allowed: 5_000, needs: 1 },
      { quota: 'certificates', used: 6, allowed: 2_500, needs: 1 },
      { quota: 'load balancers', used: 3, allowed: 50, needs: 1 },
      { quota: 'listeners of the load balancer', used: 0, allowed: 50, needs: 2 },
      { quota: 'certificates of the load balancer', used: 0, allowed: 26, needs: 1 },
      { quota: 'target groups', used: 5, allowed: 3_000, needs: 1 },
      { quota: 'rules of the security group "sg-01234567"', used: 2, allowed: 60, needs: 1 },
      { quota: 'elastic addresses', used: 4, allowed: 5, needs: 1 },
      { quota: 'hosted zones', used: 12, allowed: 500, needs: 1 },
      { quota: `records in "${domain}"`, used: 2, allowed: 10_000, needs: 8 },
    ]);
  });

  test('leaves out what the site needs no more of', () => {
    const address = {
      allocationId: 'eipalloc-1',
      address: '203.0.113.50',
      instanceId: site.origin.instance.id,
      tags: {},
    };
    expect(quotasOf({ ...aLiveWorld(), addresses: [address] })).toEqual([]);
  });

  test('R21: finds the full zone', () => {
    const zone = { ...aStandingZone(), recordCount: 9_999 };
    expect(quotaFindings(quotasOf(aWorld({ zones: [zone] })))).toMatchObject([
      { severity: 'error', check: 'quotaReached', message: expect.stringContaining('records in "example.test"') },
    ]);
  });

  test.each([
    ['certificates requested', { certificatesRequestedThisYear: 5_000 }],
    ['load balancers', { loadBalancers: 50 }],
    ['certificates', { certificates: 2_500 }],
    ['target groups', { targetGroups: 3_000 }],
    ['hosted zones', { zones: 500 }],
    ['elastic addresses', { elasticAddresses: 5 }],
  ])('A9, R21: finds the quota of %s reached before anything is made', (name, more) => {
    const found = quotaFindings(quotasOf(aWorld(), { ...usage, ...more }));
    expect(found).toMatchObject([{ severity: 'error', message: expect.stringContaining(name) }]);
    expect(found[0]?.message).toMatch(/Service Quotas$/);
  });

  test('L3: finds a load balancer full of certificates', () => {
    const other = { port: 8443, protocol: 'HTTPS', certificateArn: 'arn:other', forwards: [], redirects: false };
    const listeners = Array.from({ length: 26 }, (_, place) => ({ ...other, arn: `arn:${place}` }));
    const found = quotaFindings(quotasOf(aWorld({ edge: aStandingEdge({ listeners }) })));
    expect(found).toMatchObject([{ message: expect.stringContaining('certificates of the load balancer is 26') }]);
  });

  test('L11: finds no room for the rule that lets the load balancer in', () => {
    const found = quotaFindings(quotasOf(aWorld(), { ...usage, rulesOfWayIn: 60 }));
    expect(found).toMatchObject([{ message: expect.stringContaining('rules of the security group "sg-01234567"') }]);
    const open = aWorld({ edge: aStandingEdge({ wayIn: { groupId: 'sg-01234567', open: true } }) });
    expect(quotaFindings(quotasOf(open, { ...usage, rulesOfWayIn: 60 }))).toEqual([]);
  });

  test('finds nothing where one is left', () => {
    expect(quotaFindings(quotasOf(aWorld()))).toEqual([]);
  });
});

describe('waits()', () => {
  const undelegated = [{ severity: 'warning' as const, check: 'zoneNotDelegated', message: '' }];
  const of = (world: World, more: object = {}) =>
    waits(changes(world, aSite()), { findings: [], certificatePending: false, ...more }).map((wait) => wait.for);

  test('tells all of it for an empty world', () => {
    expect(of(aWorld(), { findings: undelegated })).toEqual(['delegation', 'certificate', 'load balancer', 'records']);
  });

  test('tells nothing for a live site', () => {
    expect(of(aLiveWorld())).toEqual([]);
  });

  test('tells of a certificate that is on its way', () => {
    expect(of(aLiveWorld(), { certificatePending: true })).toEqual(['certificate']);
  });

  test('gives each a span of typical seconds', () => {
    const [first] = waits(changes(aWorld(), aSite()), { findings: undelegated, certificatePending: false });
    expect(first?.typicalSeconds).toEqual({ from: 300, to: 172_800 });
  });
});

describe('cost()', () => {
  test('adds up what is to be made', () => {
    expect(cost(changes(aWorld(), site), { subnets: 2 })).toMatchObject({
      currency: 'USD',
      region: 'us-east-1',
      checkedAt: '2026-11-22',
      lines: [
        { what: 'hosted zone', quantity: 1, monthly: 0.5, once: 0 },
        { what: 'certificate', quantity: 1, monthly: 0, once: 0 },
        { what: 'load balancer', quantity: 1, monthly: 16.43, once: 0 },
        { what: 'public IPv4 address of the load balancer, one a zone', quantity: 2, monthly: 7.3, once: 0 },
        { what: 'elastic address', quantity: 1, monthly: 3.65, once: 0 },
      ],
      monthly: 27.88,
      once: 0,
      monthlyPerCapacityUnit: 5.84,
    });
  });

  test('is nothing more for what stands already', () => {
    const edge = aStandingEdge();
    expect(cost(changes({ ...aLiveWorld(), edge }, aSite()), { subnets: 2 })).toMatchObject({ lines: [], monthly: 0 });
  });
});
