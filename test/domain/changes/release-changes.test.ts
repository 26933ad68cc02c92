import { describe, expect, test } from '@jest/globals';
import type { Unphased } from '../../../domain/changes/change.ts';
import { changeOf, recordsReleased } from '../../../domain/changes/record-changes.ts';
import { type Releases, releaseChanges } from '../../../domain/changes/release-changes.ts';
import type { ThingBefore } from '../../../domain/ledger/before.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { ownerTags, resourceName } from '../../../domain/ownership.ts';
import type { RecordChange } from '../../../domain/records/change.ts';
import { listenerReleases } from '../../../resources/listener/releases.ts';
import { loadBalancerChanges } from '../../../resources/load-balancer/changes.ts';
import type { Scope } from '../../../resources/resource.ts';
import { groupReleases } from '../../../resources/security-group/changes.ts';
import { targetGroupReleases } from '../../../resources/target-group/changes.ts';
import { aSet } from '../../support/records.ts';
import { aSiteItem } from '../../support/site.ts';
import { owner } from '../../support/steps.ts';
import { groupName } from '../../support/world.ts';

const domain = 'shop.example.test';
const name = resourceName(domain);
const old = aSet(`old.${domain}`, 'A', '203.0.113.7');
const validation = aSet(`_x.old.${domain}`, 'CNAME', '_y.acm-validations.aws');
const address: Unphased = {
  verb: 'delete',
  resource: { type: 'elastic address', name: '203.0.113.7', id: 'eipalloc-1' },
  before: { instanceId: 'i-old' },
  message: 'Release the address 203.0.113.7: no name leads there any more',
};

/** The site in the ledger with something that is ours, or was adopted when it was as it is said here. */
function scopeWith(made: Pick<Made, 'type' | 'id'>, before?: ThingBefore): Scope {
  const step = {
    name: 'AStep',
    revision: 1,
    state: 'done' as const,
    startedAt: '',
    made: [{ ...made, ours: true, ...(before && { before }) }],
  };
  const record = { item: aSiteItem(), steps: [step], timeline: [] };
  return { owner, site: undefined, record, known: {}, retained: [], now: new Date(0) };
}

function groupsReleased(before?: ThingBefore): Unphased[] {
  const own = {
    groups: [{ id: 'sg-lb', access: [] }],
    rules: [{ id: 'sgr-1', groupId: 'sg-instance', port: 80, from: 'sg-lb' }],
  };
  return groupReleases([], { own }, scopeWith({ type: 'security group', id: 'sg-lb' }, before));
}

function balancersReleased(before?: ThingBefore): Unphased[] {
  const place = { zoneId: 'Z', vpcId: 'vpc-1', scheme: 'internet-facing', securityGroups: [] };
  const state = { state: 'active', createdAt: new Date(0) };
  const own = [{ arn: 'arn:lb', dnsName: 'np.elb.test', ...place, ...state }];
  return loadBalancerChanges([], { own }, scopeWith({ type: 'load balancer', id: 'arn:lb' }, before));
}

function listenersReleased(before?: ThingBefore): Unphased[] {
  const scope = scopeWith({ type: 'listener', id: 'arn:80' }, before);
  const plain = { arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: true, tags: ownerTags(owner) };
  return listenerReleases([], [{ arn: 'arn:lb', listeners: [plain] }], scope);
}

function groupReleased(before?: ThingBefore): Unphased[] {
  const scope = scopeWith({ type: 'target group', id: 'arn:tg' }, before);
  return targetGroupReleases([], { own: [{ arn: 'arn:tg', name: groupName, healthPath: '/' }] }, scope);
}
const certificate: Unphased = {
  verb: 'delete',
  resource: { type: 'certificate', name: domain, id: 'arn:certificate' },
  before: { names: [domain] },
  message: 'Delete the certificate arn:certificate, which the site no longer uses',
};

const gone = (set: typeof old): RecordChange => ({
  verb: 'delete',
  target: `${set.name} ${set.type}`,
  before: set,
  message: `Delete ${set.name} ${set.type}`,
});
const releases = (changes: Partial<Releases> = {}): Releases => ({
  records: [],
  listeners: [],
  loadBalancers: [],
  targetGroups: [],
  securityGroups: [],
  addresses: [],
  certificates: [],
  validation: [],
  left: [],
  ...changes,
});
const everything = releases({
  records: [changeOf(gone(old))],
  listeners: listenersReleased(),
  loadBalancers: balancersReleased(),
  targetGroups: groupReleased(),
  securityGroups: groupsReleased(),
  addresses: [address],
  certificates: [certificate],
  validation: [{ changes: [gone(validation)], left: [] }],
});

describe('releaseChanges()', () => {
  test('has nothing to say where nothing is let go', () => {
    expect(releaseChanges(releases())).toEqual([]);
  });

  test('deletes in the order of the workflow: the names first, and what the certificate was validated by last', () => {
    const changes = releaseChanges(everything);
    expect([...new Set(changes.map(({ verb }) => verb))]).toEqual(['delete']);
    expect(changes.map(({ resource }) => `${resource.type} ${resource.name}`)).toEqual([
      `record old.${domain} A`,
      `listener ${name} HTTP 80`,
      `load balancer ${name}`,
      `target group ${groupName}`,
      `security group rule sg-instance tcp 80 from ${name}`,
      `security group ${name}`,
      'elastic address 203.0.113.7',
      `certificate ${domain}`,
      `record _x.old.${domain} CNAME`,
    ]);
  });

  test('shows of each what stands there, and by which handle it is found', () => {
    const changes = releaseChanges(everything);
    expect(changes.every(({ before }) => before !== undefined)).toBe(true);
    expect(changes.flatMap(({ resource: { id } }) => id ?? [])).toEqual([
      'arn:80',
      'arn:lb',
      'arn:tg',
      'sgr-1',
      'sg-lb',
      'eipalloc-1',
      'arn:certificate',
    ]);
  });

  test('says in each sentence what becomes of which thing', () => {
    expect(releaseChanges(everything).map(({ message }) => message)).toEqual([
      `Delete old.${domain} A`,
      'Stop listening on port 80',
      'Delete the load balancer np.elb.test',
      `Delete the target group "${groupName}"`,
      'Close port 80 of "sg-instance" to the load balancer',
      `Delete the security group "${name}" (sg-lb)`,
      'Release the address 203.0.113.7: no name leads there any more',
      'Delete the certificate arn:certificate, which the site no longer uses',
      `Delete _x.old.${domain} CNAME`,
    ]);
  });

  test('R8: retains a record that another tool has changed, and what is in use elsewhere, each with why', () => {
    const changes = releaseChanges(
      releases({
        records: recordsReleased({
          changes: [],
          left: [{ set: old, why: 'it was changed since by another tool or person' }],
        }),
        left: [{ type: 'certificate', id: 'arn:old', why: 'arn:theirs serves it' }],
      }),
    );
    expect(changes).toMatchObject([
      { verb: 'retain', resource: { type: 'record', name: `old.${domain} A` }, before: old },
      { verb: 'retain', resource: { type: 'certificate', name: 'arn:old' } },
    ]);
    expect(changes[0]?.message).toMatch(
      /^Leave old\.shop\.example\.test A .*: it was changed since by another tool or person$/,
    );
    expect(changes[1]?.message).toBe('Leave the certificate arn:old: arn:theirs serves it');
  });

  test('S1: a name that would dangle is a conflict, with what to do about it', () => {
    const dangling = [{ set: old, message: 'It would dangle' }];
    const changes = releaseChanges(releases({ records: recordsReleased({ changes: [], left: [], dangling }) }));
    expect(changes).toEqual([
      {
        verb: 'conflict',
        resource: { type: 'record', name: `old.${domain} A` },
        before: old,
        message: 'It would dangle',
      },
    ]);
  });

  test('restores what was adopted under the name that it has in plans, and shows how it will be', () => {
    const before = { tags: { team: 'web' } };
    const changes = releaseChanges({
      ...everything,
      listeners: listenersReleased(before),
      loadBalancers: balancersReleased(before),
      targetGroups: groupReleased(before),
      securityGroups: groupsReleased(before),
    });
    const back = changes.filter(({ verb }) => verb === 'restore');
    expect(back.map(({ resource }) => `${resource.type} ${resource.name}`)).toEqual([
      `listener ${name} HTTP 80`,
      `load balancer ${name}`,
      `target group ${groupName}`,
      `security group ${name}`,
    ]);
    expect(back.map(({ after }) => after)).toEqual([before, before, before, before]);
    expect(back[1]?.message).toBe(`Give back the load balancer "${name}" (arn:lb) as it was before it was adopted`);
    expect(changes.filter(({ verb }) => verb === 'delete').map(({ resource }) => resource.type)).toEqual([
      'record',
      'security group rule',
      'elastic address',
      'certificate',
      'record',
    ]);
  });
});
