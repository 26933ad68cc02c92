import { adopted, restored } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';
import { targetGroupProblem } from '../../domain/load-balancers/standing.ts';
import { hasTarget, type Target, type TargetKind, targetLabel } from '../../domain/load-balancers/target-group.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { targetRef } from './targets.ts';
import { type GroupUsers, whyGroupIsUsed } from './users.ts';

export const TYPE = 'target group';

export interface DesiredTargetGroup {
  name: string;
  port: number;
  healthPath: string;
  target: Target;
  kind: TargetKind;
}

/** The group of the derived name. */
export interface NamedTargetGroup {
  arn: string;
  vpcId: string;
  healthPath: string;
  targetType: string;
  protocol: string;
  tags: Record<string, string>;
  targets: TargetHealth[];
}

/** A group that bears the site's tags. */
export interface OwnTargetGroup {
  arn: string;
  name: string;
  healthPath: string;
  /** Of one that is to be deleted. */
  users?: GroupUsers;
}

export interface SeenTargetGroups {
  /** What the document needs; not read where nothing but a release is decided. */
  named?: { group?: NamedTargetGroup };
  /** Not read where nothing is released. */
  own?: readonly OwnTargetGroup[];
}

export function targetGroupChanges(
  desired: readonly DesiredTargetGroup[],
  seen: SeenTargetGroups,
  scope: Scope,
): Change[] {
  return [
    ...inPhase('prepare', preparedChanges(desired, seen, scope)),
    ...inPhase('release', targetGroupReleases(desired, seen, scope)),
  ];
}

function preparedChanges(
  [desired]: readonly DesiredTargetGroup[],
  { named }: SeenTargetGroups,
  scope: Scope,
): Unphased[] {
  if (!desired || !named) return [];
  const { name, port, healthPath, target, kind } = desired;
  const { group } = named;
  const { owner } = scope;
  const resource: ResourceRef = { type: TYPE, name, ...(group && { id: group.arn }) };
  if (!group) {
    const after = {
      vpcId: vpcOf(scope),
      port,
      healthPath,
      ...(kind.targetType === 'ip' && kind),
      tags: ownerTags(owner),
    };
    const message = `Create the target group "${name}" over ${kind.protocol} on port ${port}`;
    return [{ verb: 'create', resource, after, message }, targetRegistered(name, target)];
  }
  const { tags } = group;
  const problem = groupProblem(group, desired, scope);
  if (problem) return [{ verb: 'conflict', resource, before: { vpcId: group.vpcId, tags }, message: problem }];
  const before = { vpcId: group.vpcId, port, healthPath: group.healthPath };
  return [
    groupChange(resource, group, { before, healthPath, scope }),
    hasTarget(group.targets, target) ? targetKept(name, target) : targetRegistered(name, target),
  ];
}

function groupChange(
  resource: ResourceRef,
  { tags, ...group }: NamedTargetGroup,
  { before, healthPath, scope: { owner } }: { before: object; healthPath: string; scope: Scope },
): Unphased {
  const { name } = resource;
  if (!isOwnedBy(owner, tags)) {
    const message = `ask for "${healthPath}" in its health checks`;
    return adopted(resource, { ...before, tags }, { owner, after: { healthPath }, message });
  }
  if (group.healthPath === healthPath) return kept(resource, before, `Use the target group "${name}"`);
  const message = `Ask for "${healthPath}" instead of "${group.healthPath}" in the health checks of "${name}"`;
  return { verb: 'update', resource, before, after: { ...before, healthPath }, message };
}

/** Why the group of the derived name cannot be used; undefined when it is ours, or is to be adopted. */
export function groupProblem(
  group: NamedTargetGroup,
  { name, kind }: DesiredTargetGroup,
  scope: Pick<Scope, 'owner' | 'site' | 'known'>,
): string | undefined {
  return targetGroupProblem(group, { name, kind, owner: scope.owner, vpcId: vpcOf(scope), adopt: scope.site?.adopt });
}

/** @throws {Error} when the security groups have not told it: they are prepared first */
export function vpcOf({ known, owner }: Pick<Scope, 'known' | 'owner'>): string {
  const vpcId = known.OpenSecurityGroups?.vpcId;
  if (vpcId === undefined)
    throw new Error(`Cannot tell the VPC of "${owner.domain}": its security groups are not read`);
  return vpcId;
}

function targetRegistered(group: string, target: Target): Unphased {
  const { id, port } = target;
  const message = `Put ${targetLabel(target)}, port ${port}, into the target group "${group}"`;
  return { verb: 'create', resource: targetRef(group, target), after: { id, port }, message };
}

function targetKept(group: string, target: Target): Unphased {
  const { id, port } = target;
  return kept(targetRef(group, target), { id, port }, `Keep ${targetLabel(target)}, port ${port}, in "${group}"`);
}

/** The site's groups besides the one that the document uses. */
function targetGroupReleases(desired: readonly DesiredTargetGroup[], seen: SeenTargetGroups, scope: Scope): Unphased[] {
  return unwantedGroups(desired, seen, scope).map(({ arn: id, name, users }): Unphased => {
    const resource: ResourceRef = { type: TYPE, name, id };
    const before = scope.record && beforeOf(scope.record, TYPE, id);
    if (before) return restored(resource, {}, before);
    const why = users && whyGroupIsUsed(users, scope);
    if (why !== undefined) return { verb: 'retain', resource, message: why };
    return { verb: 'delete', resource, before: {}, message: `Delete the target group "${name}"` };
  });
}

export function unwantedGroups(
  desired: readonly DesiredTargetGroup[],
  { own = [] }: SeenTargetGroups,
  scope: Pick<Scope, 'known'>,
): OwnTargetGroup[] {
  return own.filter((group) => !isUsed(group, desired, scope));
}

/** Whether the document uses the group, by what the preparing step has told or, before it, by its name. */
export function isUsed(
  { arn, name }: { arn: string; name: string },
  [desired]: readonly DesiredTargetGroup[],
  { known }: Pick<Scope, 'known'>,
): boolean {
  if (!desired) return false;
  const targetGroupArn = known.CreateTargetGroup?.targetGroupArn;
  return targetGroupArn === undefined ? name === desired.name : arn === targetGroupArn;
}

/** @throws {Error} for a site that needs none */
export function targetGroupHandles(
  [desired]: readonly DesiredTargetGroup[],
  seen: SeenTargetGroups | undefined,
  scope: Scope,
): StepOutputs['CreateTargetGroup'] {
  const { owner, known } = scope;
  if (!desired) throw new Error(`Cannot tell the target group of "${owner.domain}": it needs none`);
  if (!seen?.named && known.CreateTargetGroup) return known.CreateTargetGroup;
  const { group } = seen?.named ?? {};
  // In a plan: one that is in the way is its owner's, and so are its targets.
  const isUsable = group && groupProblem(group, desired, scope) === undefined;
  return { targetGroupArn: isUsable ? group.arn : standIn(`target group ${desired.name}`) };
}
