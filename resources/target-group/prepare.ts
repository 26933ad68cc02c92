import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { tagResource } from '../../aws/load-balancers/resource-tags.ts';
import { changeHealthPath, createTargetGroup } from '../../aws/load-balancers/target-groups.ts';
import { registerTarget } from '../../aws/load-balancers/targets.ts';
import { listSubnetBlocks } from '../../aws/servers/describe-subnets.ts';
import { isIpv4 } from '../../domain/addresses.ts';
import type { Verb } from '../../domain/changes/change.ts';
import { Failure } from '../../domain/errors.ts';
import { isSameTarget, type Target, targetLabel } from '../../domain/load-balancers/target-group.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { subnetsWith } from '../../domain/servers/subnet-with.ts';
import { awaitTags } from '../eventual-consistency.ts';
import { checkTenant } from '../instance/check-tenant.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import {
  type DesiredTargetGroup,
  groupProblem,
  type NamedTargetGroup,
  type SeenTargetGroups,
  TYPE,
  vpcOf,
} from './changes.ts';
import { madeGroup, standingGroups } from './standing.ts';
import { namedGroup, targetGroup } from './target-group.ts';

/** Creates or adopts the group and registers its target. Other targets serve until it is healthy. */
export const prepareTargetGroup: Applying<DesiredTargetGroup, SeenTargetGroups> = {
  standing: standingGroups,

  async before({ scope: { site } }) {
    if (site) await checkTenant(client(EC2Client), site);
  },

  checkComplete({ named }, { scope, previous, revision }) {
    const [desired] = targetGroup.desired(scope);
    const { group } = named ?? {};
    if (!desired || !group) return;
    // One that does not fit was not created by an earlier run.
    if (groupProblem({ ...group, tags: ownerTags(scope.owner) }, desired, scope) !== undefined) return;
    awaitTags(group.tags, { what: `the target group "${desired.name}"`, previous, revision, now: scope.now });
  },

  async apply({ verb, resource }, { named }, doing) {
    const [desired] = targetGroup.desired(doing.scope);
    const { group } = named ?? {};
    if (!desired) throw new Error(`Cannot prepare the ${resource.type} "${resource.name}": the site needs none`);
    if (!group) return create(desired, doing);
    return resource.type === TYPE ? change(verb, { desired, group, doing }) : register(desired, group, doing);
  },
};

const applied = (group: NamedTargetGroup, message: string): Applied<SeenTargetGroups> => ({
  actual: { named: { group } },
  message,
});

async function create(
  { name, port, healthPath, kind }: DesiredTargetGroup,
  { scope }: Doing,
): Promise<Applied<SeenTargetGroups>> {
  const tags = ownerTags(scope.owner);
  try {
    const elb = client(ElasticLoadBalancingV2Client);
    const created = await createTargetGroup(elb, { name, vpcId: vpcOf(scope), port, healthPath, kind, tags });
    return applied(namedGroup(created, { tags, targets: [] }), `Created the target group "${name}"`);
  } catch (error) {
    // Created meanwhile: the next run finds it and reads whose it is.
    if (!isCode(error, 'DuplicateTargetGroupName')) throw error;
    const message = `Waiting until DescribeTargetGroups returns the target group "${name}"`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

/** What is adopted is written down before it is changed, and tagged first: an undo finds it from then on. */
async function change(
  verb: Verb,
  { desired, group, doing }: { desired: DesiredTargetGroup; group: NamedTargetGroup; doing: Doing },
): Promise<Applied<SeenTargetGroups>> {
  const elb = client(ElasticLoadBalancingV2Client);
  const { name, healthPath } = desired;
  const { arn } = group;
  const tags = { ...group.tags, ...ownerTags(doing.scope.owner) };
  if (verb === 'adopt') {
    const targets = group.targets
      .filter(({ state }) => state !== 'draining')
      .map(({ id, port, everyZone }) => ({ id, port, ...(everyZone && { everyZone }) }));
    const before = { tags: group.tags, healthPath: group.healthPath, targets };
    await doing.keep({ type: TYPE, id: arn, ours: true, detail: name, before });
    await tagResource(elb, { arn, tags: ownerTags(doing.scope.owner) });
  }
  if (group.healthPath !== healthPath) await changeHealthPath(elb, { targetGroupArn: arn, healthPath });
  const message = `${verb === 'adopt' ? 'Adopted' : 'Changed'} the target group "${name}"`;
  return applied({ ...group, tags, healthPath }, message);
}

async function register(
  desired: DesiredTargetGroup,
  group: NamedTargetGroup,
  { scope, keep }: Doing,
): Promise<Applied<SeenTargetGroups>> {
  const { name, kind } = desired;
  const { id, port } = desired.target;
  awaitDrained(desired, group);
  await keep(madeGroup(desired, group.arn, scope));
  const everyZone =
    kind.targetType === 'ip' && !(await isInVpc(client(EC2Client), { vpcId: vpcOf(scope), address: id }));
  const target: Target = { id, port, ...(everyZone && { everyZone }) };
  try {
    await registerTarget(client(ElasticLoadBalancingV2Client), { targetGroupArn: group.arn, target });
  } catch (error) {
    throw explained(error, desired);
  }
  const targets = [...group.targets, { ...target, state: 'initial' }];
  const message = `Registered ${targetLabel(target)}, port ${port}, in the target group "${name}"`;
  return applied({ ...group, targets }, message);
}

/**
 * An address that drains cannot be registered again. Source: ELB User Guide, "Register targets with your target group"; checked 2026-11-30.
 *
 * @throws {Failure} "NotReady" until it has left
 */
function awaitDrained({ kind, target, name }: DesiredTargetGroup, { targets }: NamedTargetGroup): void {
  const draining = targets.some((each) => isSameTarget(each, target) && each.state === 'draining');
  if (kind.targetType !== 'ip' || !draining) return;
  throw new Failure('NotReady', `Waiting until ${targetLabel(target)} has left the target group "${name}"`);
}

/** ELB goes by the subnets of the VPC, not by its blocks. */
async function isInVpc(ec2: EC2Client, { vpcId, address }: { vpcId: string; address: string }): Promise<boolean> {
  return subnetsWith(address, await listSubnetBlocks(ec2, { vpcId })).length > 0;
}

function explained(error: unknown, { name, target }: DesiredTargetGroup): unknown {
  if (isCode(error, 'TargetGroupNotFound')) {
    // Found a moment after it was created (failures L10).
    return new Failure('NotReady', `Waiting until ELB finds the target group "${name}"`, { cause: error });
  }
  if (!isCode(error, 'InvalidTarget')) return error;
  const message = `Cannot register ${targetLabel(target)} as a target: ${error.message.replace(/\.$/, '')}. ${isIpv4(target.id) ? 'It must be a private IPv4 address that the VPC of the load balancer reaches' : 'An instance must be running, in the VPC of the load balancer'}: have it so, then declare the site again`;
  return new Failure('Misconfigured', message, { cause: error });
}
