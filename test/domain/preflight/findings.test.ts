import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../domain/changes/change.ts';
import { authorizationFindings } from '../../../domain/preflight/authorization-findings.ts';
import {
  ambiguousZoneFinding,
  delegateFinding,
  delegationFinding,
  newZoneFinding,
} from '../../../domain/preflight/delegation-findings.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { NOTHING_ASKED } from '../../../domain/preflight/limits.ts';
import { nameFindings } from '../../../domain/preflight/name-findings.ts';
import { placeFindings } from '../../../domain/preflight/place-findings.ts';
import { preflight } from '../../../domain/preflight/preflight.ts';
import { conflictFindings, wildcardFindings } from '../../../domain/preflight/record-findings.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { aSet } from '../../support/records.ts';
import { aSubnet } from '../../support/servers.ts';
import { aSite } from '../../support/site.ts';
import { domain } from '../../support/steps.ts';
import { aLiveWorld, anExistingZone, aWorld, changes, noUsage } from '../../support/world.ts';

const nameServers = ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'];
const zone = 'example.test';

describe('delegation', () => {
  const parent = { parent: 'test', hasDs: false };

  describe('that the document has written', () => {
    const elsewhere = newZoneFinding({ zone, seen: { ...parent, nameServers: ['ns1.old.test'] } });
    const change = (verb: 'conflict' | 'adopt' | 'create'): Change => ({
      verb,
      phase: 'prepare',
      resource: { type: 'delegation', name: zone },
      message: 'Delegate it',
    });
    const told = (finding: PreflightFinding, verb: 'conflict' | 'adopt' | 'create') =>
      delegateFinding(finding, { zone, changes: [change(verb)] });

    test('asks nobody to enter what a conflict keeps from being written: that says what to do', () => {
      expect(told(elsewhere, 'conflict')).toBeUndefined();
    });

    test('warns of what the present name servers answer that is gone with the adoption', () => {
      expect(told(elsewhere, 'adopt')).toMatchObject({
        severity: 'warning',
        message: expect.stringMatching(/^Delegate it\. What the present name servers answer .* is gone then/),
      });
    });

    test('is good where none stands yet', () => {
      const none = newZoneFinding({ zone, seen: { ...parent, nameServers: [] } });
      expect(told(none, 'create')).toEqual({ severity: 'info', check: 'delegationWritten', message: 'Delegate it' });
    });
  });

  test.each([
    ['info', 'zoneDelegated', { ...parent, nameServers }, 'is delegated'],
    [
      'warning',
      'zonePartlyDelegated',
      { ...parent, nameServers: [nameServers[0] ?? ''] },
      'add at your registrar: ns-2',
    ],
    [
      'warning',
      'zoneNotDelegated',
      { ...parent, nameServers: [] },
      `Enter these name servers at your registrar: ${nameServers.join(', ')}`,
    ],
    ['warning', 'zoneDelegatedElsewhere', { ...parent, nameServers: ['ns1.old.test'] }, 'Replace all name servers'],
    ['warning', 'delegationNotChecked', { failure: 'no answer' }, 'no answer'],
    [
      'error',
      'unsignedZoneHasDs',
      { parent: 'test', nameServers, hasDs: true },
      'Remove the DS record at your registrar',
    ],
  ] as const)('A11, R17: is a finding of severity %s named %s, with the fix', (severity, check, seen, fix) => {
    const found = delegationFinding({ zone, nameServers, seen: seen as never, signed: false });
    expect(found).toMatchObject({ severity, check, message: expect.stringContaining(fix) });
  });

  test.each([
    [
      'warning',
      'zoneNotDelegated',
      { parent: 'example.test', nameServers: [], hasDs: false },
      'enter them where "example.test" is managed',
    ],
    [
      'warning',
      'zoneDelegatedElsewhere',
      { parent: 'test', nameServers: ['ns1.old.test'], hasDs: false },
      'make those records in the new zone first',
    ],
    [
      'warning',
      'newZoneHasDs',
      { parent: 'test', nameServers: ['ns1.old.test'], hasDs: true },
      'Remove the DS record at your registrar',
    ],
    ['warning', 'delegationNotChecked', { failure: 'no answer' }, 'no answer'],
  ] as const)('of a zone that is yet to be made is a finding of severity %s named %s', (severity, check, seen, fix) => {
    const found = newZoneFinding({ zone: domain, seen: seen as never });
    expect(found).toMatchObject({ severity, check, message: expect.stringContaining(fix) });
  });

  test('R10: two public zones of one name are an error', () => {
    const message = 'Cannot choose a hosted zone';
    const found = ambiguousZoneFinding({
      kind: 'ambiguous',
      name: zone,
      names: [domain],
      candidates: ['Z1', 'Z2'],
      message,
    });
    expect(found).toEqual({ severity: 'error', check: 'twoZonesOfOneName', message });
  });
});

describe('CAA', () => {
  const set = { at: zone, properties: [{ critical: false, tag: 'issue', value: 'letsencrypt.org' }] };

  test('A5: names the record that lets Amazon issue', () => {
    const [found] = authorizationFindings([{ name: domain, set }]);
    expect(found).toMatchObject({ severity: 'error', check: 'authorityNotAllowed' });
    expect(found?.message).toContain('Add the record example.test CAA 0 issue "amazon.com"');
  });

  test('says that all is well, or that nobody could be asked', () => {
    expect(authorizationFindings([{ name: domain, set: undefined }])).toMatchObject([{ severity: 'info' }]);
    expect(authorizationFindings([{ name: domain, failure: 'no answer' }])).toMatchObject([
      { severity: 'warning', check: 'authorizationNotChecked' },
    ]);
    expect(authorizationFindings([])).toEqual([]);
  });
});

describe('records and resources', () => {
  test('R6: a foreign record in the way is an error that shows it', () => {
    const world = aWorld({ zones: [anExistingZone(aSet(domain, 'A', '203.0.113.200'))] });
    expect(conflictFindings(changes(world, aSite()))).toMatchObject([
      { severity: 'error', check: 'recordInTheWay', message: expect.stringContaining('203.0.113.200') },
    ]);
  });

  test('L5: a foreign load balancer in the way is an error', () => {
    const { loadBalancer } = aLiveWorld().edge ?? {};
    const world = aLiveWorld(loadBalancer && { loadBalancer: { ...loadBalancer, tags: {} } });
    expect(conflictFindings(changes(world, aSite()))).toMatchObject([{ check: 'foreignResourceInTheWay' }]);
  });

  test('R31: says which names only a wildcard answers for', () => {
    const zones = [anExistingZone(aSet('*.example.test', 'A', '203.0.113.9'), aSet(domain, 'A', '203.0.113.10'))];
    expect(wildcardFindings(zones)).toEqual([]);
    const [found] = wildcardFindings([anExistingZone(aSet('*.example.test', 'A', '203.0.113.9'))]);
    expect(found).toMatchObject({ severity: 'info', check: 'nameServedByWildcard' });
    expect(found?.message).toContain('*.example.test A 203.0.113.9');
  });

  test('a name of another site is an error that names it', () => {
    const holder = { name: domain, domain: 'other.test' };
    expect(nameFindings([{ wanted: domain, holder }])).toMatchObject([
      { severity: 'error', check: 'nameTaken', message: expect.stringContaining('"other.test"') },
    ]);
  });

  test("S2: a name above another tenant's is an error that does not name the tenant", () => {
    const holder = { name: `deep.${domain}`, domain: 'other.test', tenant: 'acme' };
    const [found] = nameFindings([{ wanted: domain, holder }], { tenant: 'globex' });
    expect(found).toMatchObject({ severity: 'error', check: 'nameOverlaps' });
    expect(found?.message).toContain(`"deep.${domain}" lies below it`);
    expect(found?.message).not.toMatch(/acme|other\.test/);
  });

  test('L8: says in which zones the load balancer stands', () => {
    const [found] = placeFindings(['subnet-0000000a', 'subnet-0000000b'], [aSubnet('a'), aSubnet('b'), aSubnet('c')]);
    expect(found?.message).toContain('us-east-1a and us-east-1b');
    expect(placeFindings([], [])).toEqual([]);
  });
});

test('preflight() tells the gravest first', () => {
  const world = aWorld({ zones: [anExistingZone(aSet(domain, 'A', '203.0.113.200'))] });
  const site = aSite({ subnets: ['subnet-0000000a'] });
  const seen = [{ severity: 'warning' as const, check: 'zoneNotDelegated', message: 'Delegate it' }];
  const list = changes(world, site);
  const { findings } = preflight({
    site,
    changes: list,
    zones: world.zones,
    usage: noUsage,
    limits: NOTHING_ASKED,
    subnets: [aSubnet('a')],
    seen,
  });
  expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warning', 'info']);
});

test('preflight() tells of no wait for a certificate that the document names: it is issued already', () => {
  const waitsFor = (site: Site) =>
    preflight({
      site,
      changes: [],
      zones: [],
      certificate: {},
      usage: noUsage,
      limits: NOTHING_ASKED,
      subnets: [],
      seen: [],
    }).waits.map((wait) => wait.for);
  expect(waitsFor(aSite())).toEqual(['certificate']);
  expect(waitsFor(aSite({ certificate: { arn: 'arn:of-theirs' } }))).toEqual([]);
});
