import type { PrefixList } from '../../aws/load-balancers/prefix-lists.ts';
import type { TaggedRule } from '../../aws/load-balancers/tagged-rules.ts';
import { adviceFor, isNobodys } from '../../domain/adoption.ts';
import { adopted, restored } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { type AccessRule, noInstanceGroup, ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import { CLOUDFRONT_ORIGIN_FACING } from '../../domain/load-balancers/prefix-lists.ts';
import { isOwnedBy, ownerTags, resourceName, whoseItIs } from '../../domain/ownership.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Scope } from '../resource.ts';
import type { InstanceIngress } from './instance-ingress.ts';
import { type GroupUsers, whyGroupIsUsed } from './users.ts';

export const TYPE = 'security group';

/** Which blocks and prefix lists may reach the load balancer, and the port of the instance that it may reach. */
export interface DesiredGroup {
  port: number;
  access: AccessRule[];
}

/** The group of the derived name: `access` are its rules of ours, `open` all of its rules for blocks, ours or not. */
export interface NamedGroup {
  id: string;
  tags: Record<string, string>;
  access: AccessRule[];
  open?: AccessRule[];
}

export interface SeenGroups {
  /** What the document needs; not read where nothing but a release is decided. */
  edge?: {
    vpcId: string;
    group?: NamedGroup;
    /** Undefined where the origin is a server, whose firewall is not ours to open. */
    toInstance?: { instance: Instance; ingress: Omit<InstanceIngress, 'rules'> & { rules?: number } };
    /** Of the group of the load balancer, by family, where one of them is for a prefix list. */
    rules?: { ipv4: number; ipv6: number };
  };
  /** The prefix lists that its rules name, or shall name. */
  lists?: readonly PrefixList[];
  /** What bears the site's tags; not read where nothing is released. `users`: of a group that is to be deleted. */
  own?: { groups: { id: string; access: AccessRule[]; users?: GroupUsers }[]; rules: TaggedRule[] };
}

/** What stands in a plan for a security group that isn't made yet. */
const NEW_GROUP = standIn('security group');

export function securityGroupChanges(desired: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): Change[] {
  return [
    ...inPhase('prepare', preparedChanges(desired, seen, scope)),
    ...inPhase('release', [...accessReleases(desired, seen, scope), ...groupReleases(desired, seen, scope)]),
  ];
}

function preparedChanges([desired]: readonly DesiredGroup[], { edge }: SeenGroups, scope: Scope): Unphased[] {
  if (!desired || !edge) return [];
  const { owner } = scope;
  const { group, vpcId } = edge;
  const name = resourceName(owner.domain);
  const resource: ResourceRef = { type: TYPE, name, ...(group && { id: group.id }) };
  const problem = group && groupProblem(group, scope);
  if (problem) return [{ verb: 'conflict', resource, before: { tags: group.tags }, message: problem }];
  const state = { vpcId };
  const groupChange: Unphased = group
    ? isOwnedBy(owner, group.tags)
      ? kept(resource, state, `Use the security group "${name}"`)
      : adopted(resource, { ...state, tags: group.tags }, { owner, message: 'open it to viewers' })
    : {
        verb: 'create',
        resource,
        after: { ...state, tags: ownerTags(owner) },
        message: `Create the security group "${name}" for the load balancer`,
      };
  const ingress = edge.toInstance ? [ingressChange(desired, edge.toInstance, name)] : [];
  return [groupChange, ...accessChanges(desired, group, name), ...ingress];
}

/** Why a security group of our name cannot be used; undefined when it is ours, or is to be adopted. */
export function groupProblem(
  { id, tags }: Pick<NamedGroup, 'id' | 'tags'>,
  { owner, site }: Pick<Scope, 'owner' | 'site'>,
): string | undefined {
  if (isOwnedBy(owner, tags) || (site?.adopt === true && isNobodys(tags))) return undefined;
  return `Cannot use the security group "${resourceName(owner.domain)}" (${id}): ${whoseItIs(tags)}. ${adviceFor(tags)}`;
}

const accessRule = (rule: AccessRule, group: string): ResourceRef => ({
  type: 'security group rule',
  name: `${group} tcp ${rule.port} from ${sourceOf(rule)}`,
});

/** Whether the rule is one for viewers, as its state says; the others let the load balancer in. */
export function isAccess(state: object): boolean {
  return 'cidr' in state || 'prefixList' in state;
}

/** "0.0.0.0/0", "CloudFront's addresses (com.amazonaws.global.cloudfront.origin-facing)" */
function sourceInWords(rule: AccessRule): string {
  const source = sourceOf(rule);
  return source === CLOUDFRONT_ORIGIN_FACING ? `CloudFront's addresses (${source})` : source;
}

function accessChanges({ access }: DesiredGroup, group: NamedGroup | undefined, name: string): Unphased[] {
  const { add } = ruleChanges(group?.access ?? [], access, { open: group?.open });
  return access.map((rule): Unphased => {
    const resource = accessRule(rule, name);
    if (!add.includes(rule)) return kept(resource, rule, `Keep port ${rule.port} open to ${sourceInWords(rule)}`);
    return { verb: 'create', resource, after: rule, message: `Open port ${rule.port} to ${sourceInWords(rule)}` };
  });
}

type InstanceAccess = NonNullable<NonNullable<SeenGroups['edge']>['toInstance']>;

function ingressChange(
  { port }: DesiredGroup,
  { instance, ingress: { groupId, open } }: InstanceAccess,
  name: string,
): Unphased {
  const resource: ResourceRef = {
    type: 'security group rule',
    name: `${groupId ?? instance.id} tcp ${port} from ${name}`,
  };
  const state = { groupId, port, from: name };
  if (groupId === undefined) return { verb: 'conflict', resource, before: {}, message: noInstanceGroup(instance) };
  if (open) return kept(resource, state, `The load balancer may reach port ${port} of the instance`);
  const message = `Let the load balancer in to port ${port} of the instance, by a rule in "${groupId}"`;
  return { verb: 'create', resource, after: state, message };
}

/**
 * The rules that the group has for blocks that are no longer declared. They are released last: should the new document fail, no
 * viewer was shut out.
 */
function accessReleases([desired]: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): Unphased[] {
  if (!desired) return [];
  const { groupId } = usedGroups([desired], seen, scope) ?? {};
  const group = seen.edge ? usable(seen.edge.group, scope) : seen.own?.groups.find(({ id }) => id === groupId);
  return ruleChanges(group?.access ?? [], desired.access).remove.map((rule) => ({
    verb: 'delete',
    resource: accessRule(rule, resourceName(scope.owner.domain)),
    before: rule,
    message: `Close port ${rule.port} to ${sourceInWords(rule)}: it is no longer declared`,
  }));
}

const usable = (group: NamedGroup | undefined, scope: Scope): NamedGroup | undefined =>
  group && groupProblem(group, scope) === undefined ? group : undefined;

/** Our rules in groups of others that the document does not need, and the groups of ours besides the one that it uses. */
function groupReleases(desired: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): Unphased[] {
  const name = resourceName(scope.owner.domain);
  const used = usedGroups(desired, seen, scope);
  return [
    ...unwantedRules(desired, seen, scope).map(
      ({ id, groupId, port }): Unphased => ({
        verb: 'delete',
        resource: { type: 'security group rule', name: `${groupId} tcp ${port} from ${name}`, id },
        before: { groupId, port },
        message: `Close port ${port} of "${groupId}" to the load balancer`,
      }),
    ),
    ...(seen.own?.groups ?? [])
      .filter(({ id }) => id !== used?.groupId)
      .map(({ id, users }): Unphased => {
        const resource: ResourceRef = { type: TYPE, name, id };
        const before = scope.record && beforeOf(scope.record, TYPE, id);
        if (before) return restored(resource, {}, before);
        const why = users && whyGroupIsUsed(users, scope);
        if (why !== undefined) return { verb: 'retain', resource, message: why };
        return { verb: 'delete', resource, before: {}, message: `Delete the security group "${name}" (${id})` };
      }),
  ];
}

function unwantedRules(desired: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): TaggedRule[] {
  const wanted = wantedRules(desired, seen, scope);
  return rulesInOthers(desired, seen, scope).filter((rule) => !wanted.includes(rule));
}

/** Our rules in groups of others that stay: the one that the document needs, and all while the former edge serves. */
export function wantedRules([desired]: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): TaggedRule[] {
  const { known } = scope;
  const used = usedGroups(desired ? [desired] : [], seen, scope);
  const isServing = [known.RemoveLoadBalancer, known.RemoveTargetGroups].every((step) => (step?.left ?? []).length > 0);
  return rulesInOthers(desired ? [desired] : [], seen, scope).filter(
    ({ groupId, port, from }) =>
      isServing || (groupId === used?.wayIn && port === desired?.port && from === used.groupId),
  );
}

/** Those in our own group are deleted with it, or kept in line with the site's access. */
function rulesInOthers(desired: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): TaggedRule[] {
  const used = usedGroups(desired, seen, scope);
  const { groups = [], rules = [] } = seen.own ?? {};
  const isOurs = (groupId: string) =>
    groupId === used?.groupId || (groups.some(({ id }) => id === groupId) && isDeletable(groupId, used, scope));
  return rules.filter(({ groupId }) => !isOurs(groupId));
}

/** Whether a group of ours is deleted unless something uses it: not needed by the document, and not adopted. */
export function isDeletable(id: string, used: { groupId: string } | undefined, { record }: Scope): boolean {
  return id !== used?.groupId && !(record && beforeOf(record, TYPE, id));
}

/**
 * The groups that the document uses: as they are read, or where only a release is decided, as the preparing step has told.
 *
 * @throws {Error} when neither is known: then nothing may be released
 */
export function usedGroups(
  desired: readonly DesiredGroup[],
  seen: { edge?: SeenGroups['edge'] | undefined },
  scope: Scope,
): StepOutputs['OpenSecurityGroups'] | undefined {
  if (desired.length === 0) return undefined;
  return seen.edge || !scope.known.OpenSecurityGroups
    ? groupHandles(desired, seen, scope)
    : scope.known.OpenSecurityGroups;
}

/** @throws {Error} for a site that needs none */
export function groupHandles(
  desired: readonly DesiredGroup[],
  seen: { edge?: SeenGroups['edge'] | undefined } | undefined,
  { owner }: Scope,
): StepOutputs['OpenSecurityGroups'] {
  const { edge } = seen ?? {};
  if (desired.length === 0 || !edge) throw new Error(`Cannot tell the security groups of "${owner.domain}": unread`);
  const { group, vpcId, toInstance } = edge;
  return { groupId: group?.id ?? NEW_GROUP, vpcId, wayIn: toInstance?.ingress.groupId ?? '(no security group)' };
}
