import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../../aws/error-code.ts';
import { readResourceTags, readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { findTargetGroup, listTargetGroups, type TargetGroup } from '../../aws/load-balancers/target-groups.ts';
import { readTargets } from '../../aws/load-balancers/targets.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { targetGroupName, targetGroupPrefix, targetKindOf } from '../../domain/load-balancers/target-group.ts';
import { originOf, targetOf } from '../../domain/origins/origin.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  type DesiredTargetGroup,
  isUsed,
  type NamedTargetGroup,
  type OwnTargetGroup,
  type SeenTargetGroups,
  TYPE,
  targetGroupChanges,
  targetGroupHandles,
} from './changes.ts';
import { readGroupUsers } from './read-users.ts';

/** The target group with the site's instance or private server in it, on its port. Another health path takes another group. */
export const targetGroup: Resource<DesiredTargetGroup, SeenTargetGroups, StepOutputs['CreateTargetGroup']> = {
  type: TYPE,
  desired: desiredGroups,
  read: readGroups,
  changes: targetGroupChanges,
  handles: (desired, actual, scope) => (desired.length > 0 ? targetGroupHandles(desired, actual, scope) : undefined),
};

function desiredGroups({ site }: Pick<Scope, 'site'>): DesiredTargetGroup[] {
  if (!site || !needsResource(site, 'load balancer')) return [];
  const { port, healthPath } = originOf(site);
  return [{ name: targetGroupName(site), port, healthPath, target: targetOf(site), kind: targetKindOf(site) }];
}

async function readGroups(look: Look, scope: Scope): Promise<SeenTargetGroups> {
  const elb = look.clients(ElasticLoadBalancingV2Client);
  const [desired] = desiredGroups(scope);
  const [named, own] = await Promise.all([
    desired && look.phase !== 'release' ? readNamed(elb, desired.name, look) : undefined,
    // A new site has nothing to release.
    scope.record && look.phase !== 'prepare' ? readOwn(elb, scope) : undefined,
  ]);
  return { ...(named && { named }), ...(own && { own }) };
}

async function readNamed(
  elb: ElasticLoadBalancingV2Client,
  name: string,
  { listsAll }: Pick<Look, 'listsAll'>,
): Promise<NonNullable<SeenTargetGroups['named']>> {
  const group = listsAll ? (await listTargetGroups(elb)).get(name) : await findTargetGroup(elb, name);
  if (!group) return {};
  try {
    const [tags, targets] = await Promise.all([readResourceTags(elb, group.arn), readTargets(elb, group.arn)]);
    return { group: namedGroup(group, { tags, targets }) };
  } catch (error) {
    // Found a moment after it was created (failures L10).
    if (!isCode(error, 'TargetGroupNotFound')) throw error;
    throw new Failure('NotReady', `Waiting until ELB finds the target group "${name}"`, { cause: error });
  }
}

/** A group with what is read of it apart. */
export function namedGroup(
  { arn, vpcId, healthPath, targetType, protocol }: TargetGroup,
  apart: Pick<NamedTargetGroup, 'tags' | 'targets'>,
): NamedTargetGroup {
  return { arn, vpcId, healthPath, targetType, protocol, ...apart };
}

/** By their names and tags: also one whose worker has died before it could write it down. */
async function readOwn(elb: ElasticLoadBalancingV2Client, scope: Scope): Promise<OwnTargetGroup[]> {
  const { owner, record } = scope;
  const desired = desiredGroups(scope);
  const prefix = targetGroupPrefix(owner.domain);
  const found = [...(await listTargetGroups(elb)).values()].filter(
    (group) => group.name.startsWith(prefix) && !isUsed(group, desired, scope),
  );
  const tags = await readTagsOfEach(
    elb,
    found.map(({ arn }) => arn),
  );
  const own = found.filter(({ arn }) => isOwnedBy(owner, tags.get(arn) ?? {}));
  return Promise.all(
    own.map(async (group) => {
      const { arn, name, healthPath } = group;
      // An adopted one is restored with all that others have in it.
      const isDeleted = !(record && beforeOf(record, TYPE, arn));
      return { arn, name, healthPath, ...(isDeleted && { users: await readGroupUsers(elb, group, owner) }) };
    }),
  );
}
