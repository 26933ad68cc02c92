import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { allowBlocks, allowGroup } from '../../aws/load-balancers/security-group-rules.ts';
import { createSecurityGroup, tagSecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { Failure } from '../../domain/errors.ts';
import { ACCESS_RULE, originRule, ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import { ownerTags, resourceName } from '../../domain/ownership.ts';
import { awaitTags } from '../eventual-consistency.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type DesiredGroup, isAccess, type NamedGroup, type SeenGroups, TYPE } from './changes.ts';
import { securityGroup } from './security-group.ts';
import { madeGroup, standingGroups } from './standing.ts';

type Edge = NonNullable<SeenGroups['edge']>;

/** Allows ingress from the declared blocks to the load balancer, and from the load balancer to the instance. Other rules stay. */
export const prepareSecurityGroups: Applying<DesiredGroup, SeenGroups> = {
  standing: standingGroups,

  checkComplete({ edge }, { scope, previous, revision }) {
    const what = `the security group "${resourceName(scope.owner.domain)}"`;
    if (edge?.group) awaitTags(edge.group.tags, { what, previous, revision, now: scope.now });
  },

  async apply({ verb, resource, after = {} }, actual, doing) {
    const [desired] = securityGroup.desired(doing.scope);
    const { edge } = actual;
    if (!desired || !edge) throw new Error(`Cannot prepare the ${resource.type} "${resource.name}": it was not read`);
    if (resource.type === TYPE)
      return inEdge(actual, edge, verb === 'create' ? await create(edge, doing) : await adopt(edge, doing));
    try {
      const allowed = isAccess(after) ? allowAccess(desired, actual, doing) : allowIngress(desired, edge, doing);
      return inEdge(actual, edge, await allowed);
    } catch (error) {
      // EC2 may not find a group moments after it was created.
      if (!(error instanceof Error && error.name === 'InvalidGroup.NotFound')) throw error;
      const message = `Waiting until EC2 finds the security group "${edge.group?.id}"`;
      throw new Failure('NotReady', message, { cause: error });
    }
  },
};

type Done = Partial<Edge> & { message: string };

function inEdge(actual: SeenGroups, edge: Edge, { message, ...changed }: Done): Applied<SeenGroups> {
  return { actual: { ...actual, edge: { ...edge, ...changed } }, message };
}

async function create({ vpcId }: Edge, { scope: { owner }, keep }: Doing): Promise<Done> {
  const name = resourceName(owner.domain);
  const description = `Load balancer of ${owner.domain}`;
  const tags = ownerTags(owner);
  try {
    const { id } = await createSecurityGroup(client(EC2Client), { name, vpcId, description, tags });
    await keep(madeGroup(id, owner));
    return { group: { id, tags, access: [] }, message: `Created the security group "${name}" (${id})` };
  } catch (error) {
    // Created before, its answer lost: the next run reads it and checks its tags.
    if (!(error instanceof Error && error.name === 'InvalidGroup.Duplicate')) throw error;
    const message = `Waiting until DescribeSecurityGroups returns the security group "${name}"`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

/** What it was is remembered before it is tagged. */
async function adopt(edge: Edge, { scope: { owner }, keep }: Doing): Promise<Done> {
  const { id, tags, ...group } = groupOf(edge);
  await keep({ ...madeGroup(id, owner), before: { tags } });
  await tagSecurityGroup(client(EC2Client), { id, tags: ownerTags(owner) });
  const message = `Adopted the security group "${resourceName(owner.domain)}" (${id})`;
  return { group: { ...group, id, tags: { ...tags, ...ownerTags(owner) } }, message };
}

/** All missing rules in one call. */
async function allowAccess(
  { access }: DesiredGroup,
  { edge, lists = [] }: SeenGroups,
  { scope: { owner } }: Doing,
): Promise<Done> {
  const group = groupOf(edge);
  const { open = group.access } = group;
  const { add } = ruleChanges(group.access, access, { open });
  const rule = { groupId: group.id, description: ACCESS_RULE, lists, tags: ownerTags(owner) };
  await allowBlocks(client(EC2Client), { ...rule, rules: add });
  const blocks = [...new Set(add.map(sourceOf))];
  return {
    group: { ...group, access: [...group.access, ...add], open: [...open, ...add] },
    message: `Opened the load balancer to ${blocks.join(', ')}`,
  };
}

async function allowIngress({ port }: DesiredGroup, edge: Edge, { scope: { owner } }: Doing): Promise<Done> {
  const { toInstance } = edge;
  const { groupId } = toInstance?.ingress ?? {};
  if (!toInstance || groupId === undefined)
    throw new Error('Cannot allow ingress from the load balancer: no group is known');
  const rule = { groupId, from: groupOf(edge).id, port, description: originRule(owner.domain) };
  await allowGroup(client(EC2Client), { ...rule, tags: ownerTags(owner) });
  return {
    toInstance: { ...toInstance, ingress: { groupId, open: true } },
    message: `Opened port ${port} of the instance to the load balancer, by a rule in "${groupId}"`,
  };
}

function groupOf(edge: Edge | undefined): NamedGroup {
  if (!edge?.group) throw new Error('Cannot open the load balancer: it has no security group yet');
  return edge.group;
}
