import { describe, expect, test } from '@jest/globals';
import { aSet } from '../../support/records.ts';
import { aSite } from '../../support/site.ts';
import { domain } from '../../support/steps.ts';
import { aLiveWorld, anExistingZone, aStandingEdge, aWorld, changes, tags, type World } from '../../support/world.ts';

const adopting = aSite({ adopt: true });
const adopted = (world: World) =>
  changes(world, adopting).filter(({ verb, message }) => verb === 'adopt' || message.startsWith('Adopt '));
const theirs = { team: 'web' };

describe('changes() of a site that adopts', () => {
  test('R6: lists a foreign record as it stands, and no conflict', () => {
    const before = aSet(domain, 'A', '198.51.100.9');
    const world = aWorld({ zones: [anExistingZone(before)] });
    expect(changes(world, adopting).filter(({ verb }) => verb === 'conflict')).toEqual([]);
    expect(adopted(world)).toMatchObject([{ verb: 'adopt', resource: { name: `${domain} A` }, before }]);
  });

  test('says of a foreign record that is as declared that it is adopted as it stands', () => {
    const world = aLiveWorld();
    const zones = world.zones.map((zone) =>
      zone.kind === 'existing'
        ? { ...zone, view: { ...zone.view, sets: zone.view.sets.filter(({ type }) => type !== 'TXT') } }
        : zone,
    );
    const found = adopted({ ...world, zones });
    expect([...new Set(found.map(({ verb }) => verb))]).toEqual(['keep']);
    expect(found.map(({ resource }) => resource.name)).toContain(`${domain} AAAA`);
  });

  const standing = aStandingEdge();
  const { securityGroups: _, ...bare } = { ...standing.loadBalancer };
  test.each([
    ['security group', { group: { id: 'sg-lb', tags: theirs, access: [] } }, { tags: { ...theirs, ...tags } }],
    [
      'load balancer',
      { loadBalancer: { ...bare, tags: theirs, securityGroups: ['sg-theirs'] } },
      { tags: { ...theirs, ...tags }, securityGroups: ['sg-theirs', 'sg-lb'] },
    ],
    [
      'target group',
      { targetGroup: { ...standing.targetGroup, tags: theirs, healthPath: '/theirs' } },
      { tags: { ...theirs, ...tags }, healthPath: '/' },
    ],
    [
      'listener',
      {
        listeners: [{ arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: false }],
        httpListenerTags: theirs,
      },
      { redirectsTo: 'https', tags: { ...theirs, ...tags } },
    ],
    ['certificate', { certificate: { ...standing.certificate, tags: theirs } }, { tags: { ...theirs, ...tags } }],
  ])('L4, L5: a %s without owner is adopted, with what stood there before', (type, seen, after) => {
    expect(adopted(aLiveWorld(seen as object))).toMatchObject([
      { verb: 'adopt', resource: { type }, before: { tags: theirs }, after },
    ]);
  });

  test('L7, L13: a listener on port 443 without owner goes on serving as it does until the new target is healthy', () => {
    const forwards = [{ targetGroupArn: 'arn:theirs', weight: 1 }];
    const theirs443 = {
      arn: 'arn:443',
      port: 443,
      protocol: 'HTTPS',
      certificateArn: 'arn:theirs',
      forwards,
      redirects: false,
    };
    const seen = { listeners: [theirs443], secureListenerTags: theirs, secureListenerCertificates: ['arn:blog'] };
    const found = changes(aLiveWorld(seen as object), adopting).filter(({ resource }) => resource.id === 'arn:443');
    const checked = [...forwards, { targetGroupArn: 'arn:tg', weight: 0 }];
    expect(found).toMatchObject([
      {
        verb: 'adopt',
        phase: 'prepare',
        before: { certificate: 'arn:theirs', certificates: ['arn:blog'], tags: theirs },
      },
      { verb: 'create', phase: 'prepare', after: { certificate: 'arn:theirs' } },
      { verb: 'create', phase: 'prepare', after: { certificate: 'arn:certificate' } },
      { verb: 'update', phase: 'prepare', after: { certificate: 'arn:theirs', forwards: checked } },
      {
        verb: 'update',
        phase: 'shift',
        after: { certificate: 'arn:certificate', forwards: [{ targetGroupArn: 'arn:tg', weight: 1 }] },
      },
    ]);
  });

  test('puts a load balancer of ours into its security group again', () => {
    const loadBalancer = { ...standing.loadBalancer, securityGroups: [] };
    const found = changes(aLiveWorld({ loadBalancer } as object), adopting).filter(({ verb }) => verb !== 'keep');
    expect(found).toMatchObject([
      { verb: 'update', resource: { type: 'load balancer' }, after: { securityGroups: ['sg-lb'] } },
    ]);
  });

  test('L4: has a conflict where nothing shall listen on port 80 any more, and what was adopted would again', () => {
    const listeners = [{ arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: true }];
    const seen = { listeners, httpListenerTags: tags, httpListenerAdopted: true };
    const found = changes(aLiveWorld(seen), aSite({ http: 'reject', adopt: true }));
    expect(found.filter(({ verb }) => verb === 'conflict')).toMatchObject([{ resource: { id: 'arn:80' } }]);
  });
});
