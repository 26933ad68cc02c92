import { describe, expect, test } from '@jest/globals';
import { instanceGroupName, ownerTags } from '../../../domain/ownership.ts';
import {
  type DesiredInstance,
  type InstanceGroup,
  instanceChanges,
  type SeenInstances,
} from '../../../resources/instance/changes.ts';
import { anInstance } from '../../support/servers.ts';
import { aSite } from '../../support/site.ts';

const owner = { domain: 'shop.example.test', stack: 'Nameplate' };
const name = instanceGroupName(owner.domain);
const ssh = { port: 22, cidr: '203.0.113.0/24' };
const desired: DesiredInstance = {
  type: 't4g.micro',
  image: 'al2023',
  diskGiB: 8,
  port: 80,
  healthPath: '/',
  subnet: 'subnet-0000000a',
  access: [ssh],
};
const group: InstanceGroup = { id: 'sg-1', tags: ownerTags(owner), access: [ssh] };
const nothing: SeenInstances = { own: [], groups: [], place: { vpcId: 'vpc-1' } };
const standing: SeenInstances = {
  own: [anInstance()],
  groups: [group],
  place: { vpcId: 'vpc-1', group },
};

function changes(of: DesiredInstance[], seen: SeenInstances, site = of[0] && aSite()): string[] {
  const scope = { owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  return instanceChanges(of, seen, scope).map(({ verb, resource }) => `${verb} ${resource.type} ${resource.name}`);
}

describe('instanceChanges()', () => {
  test('creates the group, then its rules, then the instance', () => {
    expect(changes([desired], nothing)).toEqual([
      `create instance security group ${name}`,
      `create security group rule ${name} tcp 22 from 203.0.113.0/24`,
      'create instance (new instance)',
    ]);
  });

  test('keeps what stands, and closes a port that is no longer declared', () => {
    expect(changes([desired], standing).every((change) => change.startsWith('keep '))).toBe(true);
    expect(changes([{ ...desired, access: [] }], standing)).toContain(
      `delete security group rule ${name} tcp 22 from 203.0.113.0/24`,
    );
  });

  test('starts an instance that others have stopped, and creates another for one that is terminated', () => {
    const inState = (state: string) => changes([desired], { ...standing, own: [anInstance({ state })] }).at(-1);
    expect([inState('stopped'), inState('shutting-down')]).toEqual([
      'update instance i-0123456789abcdef0',
      'create instance (new instance)',
    ]);
  });

  test('stops at a group of its name that is not ours', () => {
    const place = { vpcId: 'vpc-1', group: { ...group, tags: {} } };
    expect(changes([desired], { ...nothing, place })[0]).toBe(`conflict instance security group ${name}`);
  });

  test('terminates the instance where nothing of the site is to be left, and keeps its data otherwise', () => {
    expect(changes([], standing)).toEqual([
      'delete instance i-0123456789abcdef0',
      `delete instance security group ${name}`,
    ]);
    expect(changes([], standing, aSite())).toEqual(['retain instance i-0123456789abcdef0']);
  });
});
