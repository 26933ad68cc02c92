import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../domain/changes/change.ts';
import { ruleChanges } from '../../../domain/load-balancers/access-rules.ts';
import { targetGroupName } from '../../../domain/load-balancers/target-group.ts';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import { aSet } from '../../support/records.ts';
import { aSite } from '../../support/site.ts';
import { domain, owner } from '../../support/steps.ts';
import {
  aLiveWorld,
  anEmptyEdge,
  anExistingZone,
  aStandingEdge,
  aWorld,
  changes,
  groupName,
  liveRecords,
  tags,
  type World,
} from '../../support/world.ts';

const www = `www.${domain}`;
const line = ({ verb, resource }: Change) => `${verb} ${resource.type} ${resource.name}`;
const lines = (world: World, site = aSite()) => changes(world, site).map(line);
const only = (found: Change[], type: string) => found.filter(({ resource }) => resource.type === type);

describe('changes() of an empty world', () => {
  test('creates everything in the order of the workflow', () => {
    const types = changes(aWorld(), aSite({ directName: `direct.${domain}` })).map(
      ({ verb, resource }) => `${verb} ${resource.type}`,
    );
    expect(types.filter((type, place) => types.indexOf(type) === place)).toEqual([
      'create hosted zone',
      'create certificate',
      'create validation record',
      'create security group',
      'create security group rule',
      'create load balancer',
      'create target group',
      'create target',
      'create listener',
      'create elastic address',
      'create record',
    ]);
  });

  test('R29: points A and AAAA of every served name, each name with its owner marker', () => {
    expect(lines(aWorld()).filter((each) => each.startsWith('create record'))).toEqual([
      `create record ${domain} A`,
      `create record ${domain} AAAA`,
      `create record _nameplate.${domain} TXT`,
      `create record ${www} A`,
      `create record ${www} AAAA`,
      `create record _nameplate.${www} TXT`,
    ]);
  });

  test.each([
    ['198.51.100.7/32', 'A'],
    ['2001:db8::/32', 'AAAA'],
  ])('C7: publishes for access %s nothing but %s', (block, type) => {
    expect(
      lines(aWorld(), aSite({ access: [block], aliases: [] })).filter((each) => /^create record shop/.test(each)),
    ).toEqual([`create record ${domain} ${type}`]);
  });

  test('makes no certificate and no load balancer for the direct edge', () => {
    const { edge: _, ...world } = aWorld();
    expect(lines(world, aSite({ edge: 'direct', aliases: [] })).filter((each) => !each.includes(' record '))).toEqual([
      `create hosted zone ${domain}`,
      'create elastic address (new address)',
    ]);
  });

  test('makes no listener on port 80 when plain HTTP is rejected, and opens no such port', () => {
    const found = lines(aWorld(), aSite({ http: 'reject' }));
    expect(found.filter((each) => each.includes('HTTP 80') || each.includes('tcp 80 from 0'))).toEqual([]);
  });
});

describe('changes() of the live site', () => {
  test('keeps everything', () => {
    const found = changes(aLiveWorld(), aSite());
    expect(found.filter(({ verb }) => verb !== 'keep')).toEqual([]);
    expect(found.filter(({ before, after }) => before !== after)).toEqual([]);
  });

  test('tags a zone that was made for the site and does not say so yet', () => {
    const world = aLiveWorld();
    const zones = world.zones.map((zone) => ({ ...zone, ours: true }));
    const [zone] = changes({ ...world, zones }, aSite());
    expect(zone).toMatchObject({ verb: 'update', resource: { type: 'hosted zone', id: 'ZEXAMPLE' }, after: { tags } });
  });

  test('updates the health check that somebody changed, and the targets and the access that are declared anew', () => {
    const instance = instanceOf(aSite());
    const changed = aSite({ access: ['203.0.113.0/24'] });
    const edge = aStandingEdge({
      targetGroup: {
        arn: 'arn:tg',
        vpcId: 'vpc-01234567',
        healthPath: '/theirs',
        targetType: 'instance',
        protocol: 'HTTP',
        tags,
        targets: [{ id: 'i-old', port: 80, state: 'healthy' }],
      },
    });
    const found = changes(aLiveWorld(edge), changed).filter(({ verb }) => verb !== 'keep');
    expect(found.map(line)).toEqual([
      expect.stringMatching(/^create security group rule .* tcp 443 from 203\.0\.113\.0\/24$/),
      expect.stringMatching(/^create security group rule .* tcp 80 from 203\.0\.113\.0\/24$/),
      `update target group ${groupName}`,
      `create target ${groupName} ${instance.id}:80`,
      // C7: no IPv6 block, no AAAA.
      ...[domain, www].flatMap((name) => [`delete record ${name} AAAA`, `update record _nameplate.${name} TXT`]),
      ...Array.from({ length: 4 }, () => expect.stringMatching(/^delete security group rule /)),
      `delete target ${groupName} i-old:80`,
    ]);
    expect(only(found, 'target group')[0]).toMatchObject({
      before: { healthPath: '/theirs' },
      after: { healthPath: '/' },
    });
  });

  test('gives targets that are asked for another health path a group of their own, which port 443 forwards to', () => {
    const changed = aSite({ origin: { instance: { ...instanceOf(aSite()), healthPath: '/well' } } });
    const { targetGroup: _, ...edge } = aStandingEdge();
    const found = changes(aWorld({ zones: [anExistingZone(...liveRecords(edge))], edge }), changed);
    const name = targetGroupName(changed);
    expect(found.filter(({ verb }) => verb !== 'keep').map(line)).toEqual([
      `create target group ${name}`,
      `create target ${name} ${instanceOf(changed).id}:80`,
      expect.stringMatching(/^update listener .* HTTPS 443$/),
      expect.stringMatching(/^update listener .* HTTPS 443$/),
    ]);
    const [former, wanted] = ['arn:tg', `(new target group ${name})`].map((targetGroupArn) => ({
      targetGroupArn,
      weight: 1,
    }));
    const checked = [former, { ...wanted, weight: 0 }];
    expect(only(found, 'listener').filter(({ verb }) => verb === 'update')).toMatchObject([
      { phase: 'prepare', before: { forwards: [former] }, after: { forwards: checked } },
      { phase: 'shift', before: { forwards: checked }, after: { forwards: [wanted] } },
    ]);
  });

  test('gives the listener on port 443 the new certificate', () => {
    const { certificate: _, ...edge } = aStandingEdge();
    const found = changes({ ...aLiveWorld(), edge }, aSite()).filter(({ verb }) => verb !== 'keep');
    expect(found.map(({ verb, resource }) => `${verb} ${resource.type}`)).toEqual([
      'create certificate',
      'create listener certificate',
      'create listener certificate',
      'update listener',
    ]);
    expect(found[1]).toMatchObject({ phase: 'prepare', after: { certificate: 'arn:certificate' } });
    expect(found[3]).toMatchObject({
      phase: 'shift',
      before: { certificate: 'arn:certificate' },
      after: { certificate: '(new certificate)' },
    });
  });

  test('A8: shows the TLS policy that our listener on port 443 gets, and leaves that of another', () => {
    const edge = aStandingEdge();
    const listeners = edge.listeners.map((each) =>
      each.port === 443 ? { ...each, tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' } : each,
    );
    const found = changes({ ...aLiveWorld(), edge: { ...edge, listeners } }, aSite());
    expect(found.filter(({ verb }) => verb !== 'keep')).toMatchObject([
      {
        verb: 'update',
        before: { tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
        after: { tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
        message:
          'Set the TLS policy of port 443 to "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" instead of "ELBSecurityPolicy-TLS13-1-2-2021-06"',
      },
    ]);
    const others = changes({ ...aLiveWorld(), edge: { ...edge, listeners, secureListenerTags: {} } }, aSite());
    expect(others.filter(({ verb }) => verb !== 'keep')).toEqual([]);
  });

  test('C7: takes AAAA away when access no longer lets IPv6 in, and A stays', () => {
    const found = changes(aLiveWorld(), aSite({ access: ['198.51.100.7/32'] })).filter(({ verb }) => verb !== 'keep');
    expect(only(found, 'record').map(line)).toEqual(
      [domain, www].flatMap((name) => [`delete record ${name} AAAA`, `update record _nameplate.${name} TXT`]),
    );
  });

  test('A14: keeps the validation records of an earlier certificate, which ACM wants again', () => {
    const { certificate: _, ...edge } = aStandingEdge();
    const found = changes({ ...aLiveWorld(), edge }, aSite());
    expect(only(found, 'validation record').map(line)).toEqual([
      `keep validation record ${domain}`,
      `keep validation record ${www}`,
    ]);
  });

  test('moves the owner marker on with every record that changes', () => {
    const edge = aStandingEdge();
    const moved = {
      ...edge,
      loadBalancer: { ...edge.loadBalancer, dnsName: 'other.elb.amazonaws.com' },
    } as typeof edge;
    const found = changes({ ...aLiveWorld(), edge: moved }, aSite({ aliases: [] })).filter(
      ({ verb }) => verb === 'update',
    );
    expect(found.map(line)).toContain(`update record _nameplate.${domain} TXT`);
    expect(found.at(-1)?.after).toMatchObject({ values: [expect.stringContaining('generation=2')] });
  });
});

describe('changes() where something foreign stands', () => {
  const conflicts = (world: World, site = aSite()) => changes(world, site).filter(({ verb }) => verb === 'conflict');

  test('R6: a foreign record is a conflict that shows it, and the other names are planned', () => {
    const theirs = aSet(domain, 'A', '203.0.113.200');
    const world = aWorld({ zones: [anExistingZone(theirs)] });
    expect(conflicts(world)).toEqual([
      {
        verb: 'conflict',
        phase: 'prepare',
        resource: { type: 'record', name: domain },
        before: { records: [theirs] },
        message: expect.stringContaining(`${domain} A 203.0.113.200`),
      },
    ]);
    expect(lines(world)).toContain(`create record ${www} A`);
    expect(lines(world)).not.toContain(`create record ${domain} A`);
  });

  test("R6: another site's marker is a conflict that shows it", () => {
    const theirs = markerSet(domain, { domain: 'other.test', stack: 'Nameplate', generation: 3 });
    expect(conflicts(aWorld({ zones: [anExistingZone(theirs)] }))[0]?.before).toEqual({ records: [theirs] });
  });

  test('R6: a foreign record where ACM wants another is a conflict that shows it', () => {
    const edge = aStandingEdge();
    const theirs = aSet(`_x.${domain}`, 'CNAME', 'elsewhere.test.');
    const others = liveRecords(edge).filter(({ name }) => name !== theirs.name);
    const world = aWorld({ zones: [anExistingZone(...others, theirs)], edge });
    expect(conflicts(world)).toMatchObject([{ resource: { name: theirs.name }, before: { records: [theirs] } }]);
  });

  test('R10: several zones of one name are a conflict, and nothing is planned in them', () => {
    const message = 'Cannot choose a hosted zone for "example.test": Z1, Z2 bear that name';
    const zone = {
      kind: 'ambiguous' as const,
      name: 'example.test',
      names: [domain, www],
      candidates: ['Z1', 'Z2'],
      message,
    };
    const world = aWorld({ zones: [zone] });
    expect(conflicts(world)).toMatchObject([
      { resource: { type: 'hosted zone' }, before: { candidates: ['Z1', 'Z2'] }, message },
    ]);
    expect(lines(world).filter((each) => each.includes(' record '))).toEqual([]);
  });

  const foreign = { 'nameplate:site': 'other.test', 'nameplate:stack': 'Nameplate' };
  const standing = aStandingEdge();
  test.each([
    ['security group', { group: { id: 'sg-x', tags: foreign, access: [] } }],
    ['load balancer', { loadBalancer: { ...standing.loadBalancer, tags: {} } }],
    ['load balancer', { loadBalancer: { ...standing.loadBalancer, vpcId: 'vpc-other' } }],
    ['target group', { targetGroup: { ...standing.targetGroup, tags: foreign } }],
    ['listener', { listeners: [{ arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: false }] }],
    [
      'listener',
      {
        listeners: [{ arn: 'arn:443', port: 443, protocol: 'TLS', forwards: [], redirects: false }],
        secureListenerTags: {},
      },
    ],
  ])('L4, L5: a %s that is not ours, or not as it must be, is a conflict with its state', (type, seen) => {
    const [found] = conflicts(aLiveWorld(seen as object));
    expect(found).toMatchObject({ resource: { type }, before: expect.anything() });
    expect(found?.message).toMatch(
      /^Cannot use the .*declare the site again(, or declare "adopt": true to take it over, which undo puts back as it was)?$/,
    );
  });

  test('an instance without a security group is a conflict', () => {
    const world = aWorld({ edge: anEmptyEdge({ wayIn: { groupId: undefined, open: false } }) });
    expect(conflicts(world)[0]?.message).toBe(
      'Cannot open the instance "i-0123456789abcdef0": it has no security group',
    );
  });
});

test('C1: what an operation before has copied gets its marker again, and is in no way', () => {
  const copy = aSet(domain, 'A', '203.0.113.200');
  const zone = { ...anExistingZone(copy), names: [domain], copied: [copy] };
  const found = lines(aWorld({ zones: [zone] }), aSite({ aliases: [] })).filter((each) => each.includes(' record '));
  expect(found.filter((each) => each.startsWith('conflict'))).toEqual([]);
  expect(found[0]).toBe(`create record _nameplate.${domain} TXT`);
});

describe('changes() under a wildcard', () => {
  test('R31: writes the explicit records first, and traffic takes them over', () => {
    const wildcard = aSet('*.example.test', 'A', '203.0.113.9');
    const site = aSite({ aliases: [] });
    const zone = { ...anExistingZone(wildcard), names: [domain] };
    const found = lines(aWorld({ zones: [zone] }), site).filter((each) => each.includes(' record '));
    expect(found).toEqual([
      `create record ${domain} A`,
      `create record _nameplate.${domain} TXT`,
      `create validation record ${domain}`,
      `update record ${domain} A`,
      `create record ${domain} AAAA`,
      `update record _nameplate.${domain} TXT`,
    ]);
  });

  test('R31: a name that would silence a name above it is a conflict', () => {
    const zone = { ...anExistingZone(aSet('*.example.test', 'A', '203.0.113.9')), names: [www] };
    const site = aSite({ domain: www, aliases: [] });
    const found = changes(aWorld({ zones: [zone], owner: { ...owner, domain: www } }), site);
    expect(found.find(({ verb }) => verb === 'conflict')?.message).toContain(`only a wildcard answers for "${domain}"`);
  });
});

describe('changes() of an address', () => {
  const direct = aSite({ directName: `direct.${domain}` });
  const own = { allocationId: 'eipalloc-1', address: '203.0.113.50' };
  const find = (addresses: World['addresses']) => only(changes(aWorld({ addresses }), direct), 'elastic address')[0];

  test('uses the one the instance has, whoever gave it', () => {
    expect(find([{ ...own, instanceId: instanceOf(direct).id, tags: {} }])).toMatchObject({ verb: 'keep' });
  });

  test('associates one that was allocated for the site', () => {
    expect(find([{ ...own, tags }])).toMatchObject({ verb: 'update', resource: { id: 'eipalloc-1' } });
  });

  test("never takes somebody else's", () => {
    expect(find([{ ...own, tags: {} }])).toMatchObject({ verb: 'create' });
  });
});

test('the access of the plan is the access that the step sets', () => {
  const site = aSite({ access: ['203.0.113.0/24'] });
  const group = { id: 'sg-lb', tags, access: [{ port: 443, cidr: '0.0.0.0/0' }] };
  const found = only(changes(aWorld({ edge: anEmptyEdge({ group }) }), site), 'security group rule');
  const rules = found.filter(({ resource }) => resource.name.startsWith(resourceName(domain)));
  const { add, remove } = ruleChanges(
    group.access,
    [443, 80].map((port) => ({ port, cidr: '203.0.113.0/24' })),
  );
  expect(rules.filter(({ verb }) => verb === 'create').map(({ after }) => after)).toEqual(add);
  expect(rules.filter(({ verb }) => verb === 'delete').map(({ before }) => before)).toEqual(remove);
});

test('A4: a plan opens nothing that another rule opens already, and does not close it', () => {
  const everywhere = { port: 443, cidr: '0.0.0.0/0' };
  const group = { id: 'sg-lb', tags, access: [], open: [everywhere, { port: 443, cidr: '203.0.113.0/24' }] };
  const site = aSite({ access: ['203.0.113.0/24'], http: 'reject' });
  const found = only(changes(aWorld({ edge: anEmptyEdge({ group }) }), site), 'security group rule');
  const rules = found.filter(({ resource }) => resource.name.startsWith(resourceName(domain)));
  expect(rules.map(({ verb, resource: { name } }) => `${verb} ${name}`)).toEqual([
    `keep ${resourceName(domain)} tcp 443 from 203.0.113.0/24`,
  ]);
});
