import { describe, expect, test } from '@jest/globals';
import { deletionsIn } from '../../../domain/records/deletion-limits.ts';
import { desiredRecords } from '../../../domain/records/desired.ts';
import { exchange } from '../../../domain/records/exchange.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import { planRecords } from '../../../domain/records/plan.ts';
import { conflictAt } from '../../../domain/records/record-conflicts.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { planRemoval } from '../../../domain/records/removal.ts';
import type { ZoneView } from '../../../domain/records/zone-view.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { aFailover, aSite } from '../../support/site.ts';
import { domain, owner } from '../../support/steps.ts';

const loadBalancer = { zoneId: 'ZELB', dnsName: 'np.eu-west-1.elb.amazonaws.com' };
const targets = { loadBalancer, address: '203.0.113.7', distribution: 'd1.cloudfront.net', healthCheckId: 'check' };
const failing = (changes: Partial<Site> = {}) => aSite({ aliases: [], failover: aFailover(), ...changes });

/** "shop.example.test A PRIMARY check -> …" */
const inShort = (sets: readonly RecordSet[]) =>
  sets.map(({ name, type, values, alias, routing = {} }) =>
    [name, type, routing['Failover'], routing['HealthCheckId'], '->', alias?.name ?? values.join()]
      .filter(Boolean)
      .join(' '),
  );

const simple = desiredRecords(aSite({ aliases: [] }), targets);
const pair = desiredRecords(failing(), targets).filter(({ name }) => name === domain);
const marker = markerSet(domain, { ...owner, generation: 1 });
const viewOf = (sets: RecordSet[]): ZoneView => ({ zone: 'example.test', sets: [...sets, marker] });

describe('the records of a site that fails over', () => {
  test('R29: are pairs of A and AAAA for names that viewers use, and an A alone for the name that is checked', () => {
    const balancer = `dualstack.${loadBalancer.dnsName}`;
    expect(inShort(desiredRecords(failing({ directName: 'direct.shop.example.test' }), targets))).toEqual([
      `${domain} A PRIMARY check -> ${balancer}`,
      `${domain} A SECONDARY -> d1.cloudfront.net`,
      `${domain} AAAA PRIMARY check -> ${balancer}`,
      `${domain} AAAA SECONDARY -> d1.cloudfront.net`,
      `origin.${domain} A -> ${balancer}`,
      'direct.shop.example.test A -> 203.0.113.7',
    ]);
    expect(inShort(desiredRecords(failing({ access: ['0.0.0.0/0'] }), targets))).toHaveLength(3);
  });

  test('R27: evaluate the health of no target, since a load balancer without targets would count as healthy', () => {
    expect(pair.map(({ alias }) => alias?.evaluateTargetHealth)).toEqual([false, false, false, false]);
  });

  test.each<[string, Site['origin'], string[]]>([
    [
      'an address',
      { server: { address: '198.51.100.9', port: 443, healthPath: '/' } },
      [
        `${domain} A PRIMARY check -> 198.51.100.9`,
        `${domain} A SECONDARY -> d1.cloudfront.net`,
        `origin.${domain} A -> 198.51.100.9`,
      ],
    ],
    [
      'a name, to which both are CNAMEs',
      { server: { name: 'a.example.net', port: 443, healthPath: '/' } },
      [
        `${domain} CNAME PRIMARY check -> a.example.net`,
        `${domain} CNAME SECONDARY -> d1.cloudfront.net`,
        `origin.${domain} CNAME -> a.example.net`,
      ],
    ],
  ])('lead to the server itself by %s', (_, origin, expected) => {
    expect(inShort(desiredRecords(failing({ edge: 'direct', origin }), targets))).toEqual(expected);
  });

  test('F4: lead to the page alone while that is on, whatever the health check finds, and the name that is checked stays', () => {
    const on = { ...targets, showsPage: true };
    expect(inShort(desiredRecords(failing(), on))).toEqual([
      `${domain} A -> d1.cloudfront.net`,
      `${domain} AAAA -> d1.cloudfront.net`,
      `origin.${domain} A -> dualstack.${loadBalancer.dnsName}`,
    ]);
    const origin = { server: { name: 'a.example.net', port: 443, healthPath: '/' } };
    expect(inShort(desiredRecords(failing({ edge: 'direct', origin }), on))[0]).toBe(
      `${domain} CNAME -> d1.cloudfront.net`,
    );
    expect(desiredRecords(aSite(), on)).toEqual(desiredRecords(aSite(), targets));
  });

  test('are not written before the health check and the distribution are there; the name that is checked is', () => {
    for (const missing of ['distribution', 'healthCheckId'] as const) {
      const { [missing]: _, ...known } = targets;
      expect(inShort(desiredRecords(failing(), known))).toEqual([
        `origin.${domain} A -> dualstack.${loadBalancer.dnsName}`,
      ]);
    }
  });
});

describe('a change between a record and a pair', () => {
  test.each([
    ['to a pair', simple, pair],
    ['from a pair', pair, simple],
    [
      'from one health check to another',
      pair,
      pair.map((set) =>
        set.routing?.['HealthCheckId'] ? { ...set, routing: { ...set.routing, HealthCheckId: 'next' } } : set,
      ),
    ],
  ])('%s is one batch that takes what was seen and leaves no name and type without an answer', (_, from, to) => {
    const changes = planRecords(viewOf(from), { desired: to, owner });
    const gone = changes.flatMap(({ before }) => before ?? []);
    const left = from.filter((set) => !gone.includes(set));
    const after = [...left, ...changes.flatMap(({ after }) => after ?? [])].filter(({ type }) => type !== 'TXT');
    expect(inShort(after).sort()).toEqual(inShort(to).sort());
    expect(gone).toContainEqual(marker);
    expect(deletionsIn(changes)).toEqual([]);
  });

  test('S14: a pair that goes is a deletion of each of its sets', () => {
    expect(deletionsIn(exchange(pair, []))).toEqual(pair);
  });

  test('a pair beside our marker is ours, and other routing policies are in the way', () => {
    const asked = { name: domain, names: [domain], owner };
    expect(conflictAt(viewOf(pair), asked)).toBeUndefined();
    const weighted = pair.map((set) => ({ ...set, setIdentifier: 'blue', routing: { Weight: 1 } }));
    expect(conflictAt(viewOf(weighted), asked)).toContain('a routing policy chooses among');
    expect(conflictAt({ zone: 'example.test', sets: pair }, asked)).toContain('it has records that are not ours');
  });

  test('R8: a pair is removed as it was written, and what was changed since stays', () => {
    const removal = { names: [domain], owner, written: pair, former: [], expected: () => [], leadsToOurs: () => false };
    expect(planRemoval(viewOf(pair), removal).gone).toEqual([...pair, marker]);
    const [primary, ...others] = pair;
    const changed = { ...primary, routing: { Failover: 'PRIMARY', HealthCheckId: 'of theirs' } } as RecordSet;
    const plan = planRemoval(viewOf([changed, ...others]), removal);
    expect(plan.left).toMatchObject([{ set: changed }]);
  });

  test('what was adopted is put back in the place of a pair', () => {
    const former: RecordSet = { name: domain, type: 'A', ttlSeconds: 300, values: ['192.0.2.1'] };
    const removal = {
      names: [domain],
      owner,
      written: pair,
      former: [former],
      expected: () => [],
      leadsToOurs: () => false,
    };
    const { changes } = planRemoval(viewOf(pair), removal);
    expect(changes.flatMap(({ after }) => after ?? [])).toEqual([former]);
  });
});
