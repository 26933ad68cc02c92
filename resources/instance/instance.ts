import { EC2Client } from '@aws-sdk/client-ec2';
import { accessRulesIn } from '../../aws/load-balancers/security-group-rules.ts';
import { findSecurityGroup, listTaggedGroups, type SecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { listTaggedInstances } from '../../aws/servers/describe-instance.ts';
import { listSubnetBlocks } from '../../aws/servers/describe-subnets.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { edgeOf } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import type { AccessRule } from '../../domain/load-balancers/access-rules.ts';
import { newInstanceOf } from '../../domain/origins/new-instance.ts';
import { instanceGroupName, ownerTags } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  type DesiredInstance,
  GROUP_TYPE,
  type InstanceGroup,
  instanceChanges,
  type SeenInstances,
  serving,
  TYPE,
} from './changes.ts';

/** Marks the rules of the instance's security group that are kept in line with the document. */
export const INSTANCE_RULE = 'nameplate: instance access';

const SSH_PORT = 22;

/** The instance that is created for a site, with its security group, where the document asks for one. */
export const instance: Resource<DesiredInstance, SeenInstances, StepOutputs['CreateInstance']> = {
  type: TYPE,
  parts: [GROUP_TYPE],
  desired: ({ site, owner }) => (site ? desiredInstance(site, owner.domain) : []),
  read: readInstances,
  changes: instanceChanges,
  handles: (desired, actual) =>
    desired.length > 0 ? { instanceId: (actual && serving(actual)?.id) ?? standIn('instance') } : undefined,
};

function desiredInstance(site: Site, domain: string): DesiredInstance[] {
  const declared = newInstanceOf(site);
  if (!declared) return [];
  const { subnet, id: _, ...rest } = declared;
  if (subnet === undefined) throw new Error(`Cannot place the instance of "${domain}": no subnet was chosen`);
  return [{ ...rest, subnet, access: accessOf(site, rest) }];
}

/** A load balancer is let in by a rule of its own; without one viewers come to the instance itself. */
function accessOf(site: Site, { port, sshFrom = [] }: Pick<DesiredInstance, 'port' | 'sshFrom'>): AccessRule[] {
  const viewers = edgeOf(site).servedBy === 'origin' ? site.access : [];
  return [...viewers.map((cidr) => ({ port, cidr })), ...sshFrom.map((cidr) => ({ port: SSH_PORT, cidr }))];
}

/** Whether the site has asked for one, or has made any of it: nothing is read for any other. */
function mayHaveOne({ site, record }: Scope): boolean {
  const { item } = record ?? {};
  const documents = [site, item?.site, item?.live].filter((each) => each !== undefined);
  const made = record ? [...madeOf(record, TYPE), ...madeOf(record, GROUP_TYPE)] : [];
  return made.length > 0 || documents.some((each) => newInstanceOf(each));
}

async function readInstances(look: Look, scope: Scope): Promise<SeenInstances> {
  if (!mayHaveOne(scope)) return { own: [], groups: [] };
  const ec2 = look.clients(EC2Client);
  const tags = ownerTags(scope.owner);
  const name = instanceGroupName(scope.owner.domain);
  const [desired] = instance.desired(scope);
  const [own, tagged, place] = await Promise.all([
    listTaggedInstances(ec2, tags),
    listTaggedGroups(ec2, tags),
    desired && look.phase !== 'release' ? readPlace(ec2, desired.subnet, name) : undefined,
  ]);
  const groups = tagged.filter((group) => group.name === name).map(groupOf);
  return { own, groups, ...(place && { place }) };
}

/** @throws {Failure} "Misconfigured" when the subnet is gone */
async function readPlace(ec2: EC2Client, subnet: string, name: string): Promise<NonNullable<SeenInstances['place']>> {
  const [found] = await listSubnetBlocks(ec2, { ids: [subnet] });
  if (!found) {
    const message = `Cannot launch the instance: the subnet "${subnet}" does not exist any more. Declare the site again with another`;
    throw new Failure('Misconfigured', message);
  }
  const { vpcId } = found;
  const group = await findSecurityGroup(ec2, { name, vpcId });
  return { vpcId, ...(group && { group: groupOf(group) }) };
}

const groupOf = ({ id, tags, permissions }: SecurityGroup): InstanceGroup => ({
  id,
  tags,
  access: accessRulesIn(permissions, { description: INSTANCE_RULE }),
});
