import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../domain/changes/change.ts';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { cost } from '../../../domain/preflight/cost.ts';
import { type Limits, NOTHING_ASKED } from '../../../domain/preflight/limits.ts';
import { quotaFindings, quotas, whyExceeded } from '../../../domain/preflight/quotas.ts';
import { waits } from '../../../domain/preflight/waits.ts';
import type { ResourceType } from '../../../domain/resources/resource-type.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { securityGroup } from '../../../resources/security-group/security-group.ts';
import { aLockedSite } from '../../support/locked.ts';
import { aSite } from '../../support/site.ts';
import { domain, owner } from '../../support/steps.ts';
import { aLiveWorld, anExistingZone, aStandingEdge, aWorld, changes, seenIn, type World } from '../../support/world.ts';

const site = aSite({ directName: `direct.${domain}` });
const usage = {
  certificates: 6,
  certificatesRequestedThisYear: 7,
  loadBalancers: 3,
  targetGroups: 5,
  listeners: 0,
  certificatesOfListeners: 0,
  ingress: { groupId: 'sg-01234567', rules: 2 },
  distributions: 2,
  distributionsWithPage: 0,
  edgeFunctions: 0,
  elasticAddresses: 4,
  healthChecks: 200,
  zones: 12,
};

const quotasOf = (world: World, used = usage, limits: Limits = NOTHING_ASKED) =>
  quotas(changes(world, site), {
    usage: used,
    limits,
    zones: world.zones,
    certificateNames: 2,
  });

const found = (touched: ReturnType<typeof quotas>) => quotaFindings(touched, NOTHING_ASKED);

describe('whyExceeded()', () => {
  const of = (quota: string, granted = true) => whyExceeded({ quota, used: 9, allowed: 9, needs: 1, granted });

  test.each([
    ['load balancers', 'Free what is unused or ask for more in Service Quotas'],
    ['names on one certificate', 'Declare fewer names or ask for more in Service Quotas'],
    [
      'certificates requested in 365 days',
      'Wait until earlier requests are 365 days old or ask for more in Service Quotas',
    ],
  ])('C8: advises to free only what can be freed: %s', (quota, advice) => {
    expect(of(quota)).toBe(`Cannot make 1 more: the quota of ${quota} is 9 and 9 are used. ${advice}`);
    expect(of(quota, false)).toContain(
      `Unless AWS has granted you more, ${advice[0]?.toLowerCase()}${advice.slice(1)}`,
    );
  });
});

describe('quotas()', () => {
  test('counts what is used and what the site needs of each', () => {
    expect(quotasOf(aWorld())).toEqual([
      { quota: 'names on one certificate', used: 0, allowed: 10, granted: false, needs: 2 },
      { quota: 'certificates requested in 365 days', used: 7, allowed: 5_000, granted: false, needs: 1 },
      { quota: 'certificates', used: 6, allowed: 2_500, granted: false, needs: 1 },
      { quota: 'load balancers', used: 3, allowed: 50, granted: false, needs: 1 },
      { quota: 'listeners of the load balancer', used: 0, allowed: 50, granted: false, needs: 2 },
      { quota: 'certificates of the load balancer', used: 0, allowed: 26, granted: false, needs: 1 },
      { quota: 'target groups', used: 5, allowed: 3_000, granted: false, needs: 1 },
      { quota: 'rules of the security group "sg-01234567"', used: 2, allowed: 60, granted: false, needs: 1 },
      { quota: 'elastic addresses', used: 4, allowed: 5, granted: false, needs: 1 },
      { quota: 'hosted zones', used: 12, allowed: 500, granted: false, needs: 1 },
      { quota: `records in "${domain}"`, used: 2, allowed: 10_000, granted: false, needs: 8 },
    ]);
  });

  test('leaves out what the site needs no more of', () => {
    const address = {
      allocationId: 'eipalloc-1',
      address: '203.0.113.50',
      instanceId: instanceOf(site).id,
      tags: {},
    };
    expect(quotasOf({ ...aLiveWorld(), addresses: [address] })).toEqual([]);
  });

  test('R21: finds the full zone', () => {
    const zone = { ...anExistingZone(), recordCount: 9_999 };
    expect(found(quotasOf(aWorld({ zones: [zone] })))).toMatchObject([
      {
        severity: 'warning',
        check: 'defaultQuotaReached',
        message: expect.stringContaining('records in "example.test"'),
      },
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
    const findings = found(quotasOf(aWorld(), { ...usage, ...more }));
    expect(findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining(name) }]);
    expect(findings[0]?.message).toMatch(/Service Quotas$/);
  });

  test('L3: finds a load balancer full of certificates', () => {
    const world = aWorld({ edge: aStandingEdge({ listeners: [] }) });
    const findings = found(quotasOf(world, { ...usage, certificatesOfListeners: 26 }));
    expect(findings).toMatchObject([{ message: expect.stringContaining('certificates of the load balancer is 26') }]);
  });

  test('L11: finds no room for the rule that lets the load balancer in', () => {
    const findings = found(quotasOf(aWorld(), { ...usage, ingress: { groupId: 'sg-01234567', rules: 60 } }));
    expect(findings).toMatchObject([{ message: expect.stringContaining('rules of the security group "sg-01234567"') }]);
    const open = aWorld({ edge: aStandingEdge({ wayIn: { groupId: 'sg-01234567', open: true } }) });
    expect(found(quotasOf(open, { ...usage, ingress: { groupId: 'sg-01234567', rules: 60 } }))).toEqual([]);
  });

  describe("CloudFront's prefix list in the security group of the load balancer", () => {
    const touched = (declared: Partial<Site>, access: { ipv4: number; ipv6: number }) => {
      const scope = { owner, site: aSite(declared), record: undefined, known: {}, retained: [], now: new Date(0) };
      const seen = seenIn(aWorld())['security-group'] ?? {};
      const made = securityGroup.changes(securityGroup.desired(scope), seen, scope);
      return quotas(made, { usage: { ...usage, access }, limits: NOTHING_ASKED, zones: [], certificateNames: 2 });
    };
    const quota = 'rules of the security group of the load balancer';

    test('L11: counts as the 55 rules that it weighs, while the former rules are still there', () => {
      const fits = touched(aLockedSite(), { ipv4: 2, ipv6: 5 });
      expect(fits).toContainEqual({ quota, used: 5, allowed: 60, granted: false, needs: 55 });
      expect(found(fits)).toEqual([]);
      expect(found(touched(aLockedSite(), { ipv4: 6, ipv6: 2 }))).toMatchObject([
        { message: expect.stringMatching(/is 60 by default and 6 are used.*declare fewer blocks in "access"/) },
      ]);
    });

    test('L11: leaves room for few blocks of each family where the lock is given up', () => {
      const access = ['192.0.2.1/32', '192.0.2.2/32', '192.0.2.3/32', '2001:db8::/32'];
      expect(found(touched({ access }, { ipv4: 55, ipv6: 55 }))).toMatchObject([
        { message: expect.stringContaining('Cannot make 6 more') },
      ]);
      expect(found(touched({}, { ipv4: 55, ipv6: 55 }))).toEqual([]);
    });
  });

  test('A9, R21: takes what AWS grants the account for what it allows by default, and says which it is', () => {
    const limits: Limits = {
      account: { loadBalancers: 3, elasticAddresses: 20, certificatesPerLoadBalancer: 101 },
      recordsIn: { ZEXAMPLE: 25_000 },
      denied: [],
    };
    const world = aWorld({ zones: [{ ...anExistingZone(), recordCount: 10_000 }] });
    const touched = quotasOf(world, { ...usage, elasticAddresses: 5, targetGroups: 3_000 }, limits);
    expect(touched.filter(({ granted }) => granted).map(({ quota, allowed }) => [quota, allowed])).toEqual([
      ['load balancers', 3],
      ['certificates of the load balancer', 101],
      ['elastic addresses', 20],
      ['records in "example.test"', 25_000],
    ]);
    expect(quotaFindings(touched, limits).map(({ message }) => message)).toEqual([
      'Cannot make 1 more: the quota of load balancers is 3 and 3 are used. Free what is unused or ask for more in Service Quotas',
      'Cannot make 1 more: the quota of target groups is 3000 by default and 3000 are used. Unless AWS has granted you more, free what is unused or ask for more in Service Quotas',
    ]);
  });

  test('says what AWS denied to tell', () => {
    const denied = ['User: me is not authorized to perform: route53:GetHostedZoneLimit'];
    expect(quotaFindings([], { denied })).toEqual([
      {
        severity: 'info',
        check: 'quotaNotAsked',
        message:
          'Could not ask AWS for a quota of the account, and shows what AWS allows by default (User: me is not authorized to perform: route53:GetHostedZoneLimit). Allow the action to see what was granted',
      },
    ]);
  });

  describe('of the certificates of a site behind CloudFront (A22, A9)', () => {
    const made = (type: 'certificate' | 'viewer certificate') => ({
      ...{ verb: 'create', phase: 'prepare', resource: { type, name: domain }, message: '' },
    });
    const both = [made('certificate'), made('viewer certificate')] as Parameters<typeof quotas>[0];
    const of = (used: Parameters<typeof quotas>[1]['usage']) =>
      quotas(both, { usage: used, limits: NOTHING_ASKED, zones: [], certificateNames: 3 }).map((quota) => [
        quota.quota,
        quota.used,
        quota.needs,
      ]);

    test('counts each in its own region', () => {
      expect(of({ ...usage, viewerCertificates: { held: 40, requestedThisYear: 50 } })).toEqual([
        ['names on one certificate', 0, 3],
        ['certificates requested in 365 days', 7, 1],
        ['certificates', 6, 1],
        ['certificates requested in 365 days in us-east-1', 50, 1],
        ['certificates in us-east-1', 40, 1],
      ]);
    });

    test("counts both together where the stack is in CloudFront's region", () => {
      expect(of(usage)).toEqual([
        ['names on one certificate', 0, 3],
        ['certificates requested in 365 days', 7, 2],
        ['certificates', 6, 2],
      ]);
    });
  });

  test('finds nothing where one is left', () => {
    expect(found(quotasOf(aWorld()))).toEqual([]);
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

  test('tells of the certificate that CloudFront serves apart', () => {
    expect(of(aLiveWorld(), { certificatePending: true, viewerCertificatePending: true })).toEqual([
      'certificate',
      'viewer certificate',
    ]);
  });

  test('tells what a change waits for before it deletes what it replaces', () => {
    const released = (type: ResourceType): Change => ({
      verb: 'delete',
      phase: 'release',
      resource: { type, name: type },
      before: {},
      message: '',
    });
    const told = (...types: ResourceType[]) =>
      waits(types.map(released), { findings: [], certificatePending: false }).map((wait) => wait.for);
    expect(told('target')).toEqual(['resolvers']);
    expect(told('certificate', 'viewer certificate')).toEqual(['resolvers', 'former certificate']);
    expect(told('distribution', 'load balancer')).toEqual(['resolvers', 'former distribution', 'former load balancer']);
    const kept: Change = { ...released('distribution'), verb: 'keep' };
    expect(waits([kept], { findings: [], certificatePending: false })).toEqual([]);
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
