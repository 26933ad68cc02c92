import { describe, expect, test } from '@jest/globals';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { retainedBy } from '../../domain/ledger/left.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ownerTags, resourceName } from '../../domain/ownership.ts';
import { markerSet } from '../../domain/records/marker.ts';
import type { Seen } from '../../resources/list.ts';
import type { Look, Scope } from '../../resources/resource.ts';
import { readReleased } from '../../resources/walk.ts';
import { aSet, aView } from '../support/records.ts';
import { aSiteItem } from '../support/site.ts';
import { domain, owner } from '../support/steps.ts';
import { groupName } from '../support/world.ts';

const name = resourceName(domain);
const tags = ownerTags(owner);
const traffic = aSet(domain, 'A', '203.0.113.7');
const validation = aSet(`_x.${domain}`, 'CNAME', '_y.acm-validations.aws');
const zone = { id: 'ZEXAMPLE', name: 'example.test', names: [domain], nameServers: [], ours: false };

/** All that an undo finds, with the records that were written. */
const standing = (change: Partial<Seen> = {}): Seen => {
  const view = aView(traffic, markerSet(domain, { ...owner, generation: 1 }), validation);
  const balancer = {
    dnsName: 'np.elb.test',
    zoneId: 'Z',
    vpcId: 'vpc-1',
    scheme: 'internet-facing',
    securityGroups: [],
    state: 'active',
    createdAt: new Date(0),
  };
  const plain = { arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: true, tags };
  return {
    record: {
      zones: [],
      released: {
        zones: [{ ...zone, view }],
        ends: { loadBalancers: [], addresses: [], distributions: [], healthChecks: [], adopted: [] },
      },
    },
    target: [],
    listener: { own: [{ arn: 'arn:lb', listeners: [plain] }] },
    'load-balancer': { own: [{ arn: 'arn:lb', ...balancer, listeners: [{ arn: 'arn:80', port: 80, ours: true }] }] },
    'target-group': { own: [{ arn: 'arn:tg', name: groupName, healthPath: '/' }] },
    'security-group': {
      own: {
        groups: [{ id: 'sg-lb', access: [] }],
        rules: [{ id: 'sgr-1', groupId: 'sg-instance', port: 80, from: 'sg-lb' }],
      },
    },
    'elastic-ip': {
      all: [{ allocationId: 'eipalloc-1', address: '203.0.113.7', tags }],
      heirs: new Map(),
    },
    instance: { own: [], groups: [] },
    certificate: { former: [{ arn: 'arn:certificate', names: [domain], users: [] }] },
    'validation-record': { zones: [], released: { zones: [{ ...zone, view }], needed: new Map() } },
    ...change,
  };
};

const NOTHING_MORE = { environment: { region: 'us-east-1' } } as Look;

function scopeWith(...more: Made[]): Scope {
  const written = [traffic, validation].map(
    (set): Made => ({
      type: 'record',
      id: `${set.name} ${set.type}`,
      ours: true,
      written: { zoneId: zone.id, set },
    }),
  );
  const step = { name: 'AStep', revision: 1, state: 'done' as const, startedAt: '', made: [...written, ...more] };
  const record = { item: aSiteItem(), steps: [step], timeline: [] };
  return { owner, site: undefined, record, known: {}, retained: [], now: new Date(0) };
}

const released = (seen = standing(), scope = scopeWith()) => readReleased(NOTHING_MORE, scope, seen);

describe('readReleased()', () => {
  test('deletes in the order of the workflow: the names first, and what the certificate was validated by last', async () => {
    const { changes } = await released();
    expect([...new Set(changes.map(({ verb, phase }) => `${phase} ${verb}`))]).toEqual(['release delete']);
    expect(
      changes.map(({ resource, before }) => [`${resource.type} ${resource.name}`, resource.id, before !== undefined]),
    ).toEqual([
      [`record ${domain} A`, undefined, true],
      [`record _nameplate.${domain} TXT`, undefined, true],
      [`listener ${name} HTTP 80`, 'arn:80', true],
      [`load balancer ${name}`, 'arn:lb', true],
      [`target group ${groupName}`, 'arn:tg', true],
      [`security group rule sg-instance tcp 80 from ${name}`, 'sgr-1', true],
      [`security group ${name}`, 'sg-lb', true],
      ['elastic address 203.0.113.7', 'eipalloc-1', true],
      [`certificate ${domain}`, 'arn:certificate', true],
      [`record _x.${domain} CNAME`, undefined, true],
    ]);
  });

  test('retains what a retained one needs: a listener with rules of others its load balancer', async () => {
    const rules = [{ arn: 'arn:rule', condition: '', isDefault: false, targetGroupArns: [], forwards: [] }];
    const listener = { arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: true, tags, rules };
    const seen = standing({ listener: { own: [{ arn: 'arn:lb', listeners: [listener] }] } });
    const { changes } = await released(seen);
    expect(changes.flatMap(retainedBy).map(({ id }) => id)).toEqual(['arn:80', 'arn:lb']);
  });

  test('restores what was adopted under the name that it has in plans, and shows how it will be', async () => {
    const before: ThingBefore = { tags: { team: 'web' } };
    const adopted = [
      { type: 'listener' as const, id: 'arn:80' },
      { type: 'load balancer' as const, id: 'arn:lb' },
      { type: 'target group' as const, id: 'arn:tg' },
      { type: 'security group' as const, id: 'sg-lb' },
    ].map((made): Made => ({ ...made, ours: true, before }));
    const { changes } = await released(standing(), scopeWith(...adopted));
    const back = changes.filter(({ verb }) => verb === 'restore');
    expect(back.map(({ resource, after }) => [`${resource.type} ${resource.name}`, after])).toEqual([
      [`listener ${name} HTTP 80`, before],
      [`load balancer ${name}`, before],
      [`target group ${groupName}`, before],
      [`security group ${name}`, before],
    ]);
    expect(back[1]?.message).toBe(`Give back the load balancer "${name}" (arn:lb) as it was before it was adopted`);
  });

  test('releases nothing where a step that prepares what the document asks for is not done', async () => {
    const { record } = scopeWith();
    const change = { ...scopeWith(), site: record?.item.site };
    await expect(released(standing(), change)).rejects.toThrow(/^Cannot release a .*: "\w+" is not done$/);
  });
});
