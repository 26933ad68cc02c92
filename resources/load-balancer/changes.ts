import type { LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { adviceFor, isNobodys } from '../../domain/adoption.ts';
import { adopted, restored } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, ownerTags, resourceName, whoseItIs } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';

export const TYPE = 'load balancer';

export interface DesiredLoadBalancer {
  name: string;
}

/** Where a load balancer is created. */
export interface Placement {
  subnets: string[];
  ipAddressType: 'ipv4' | 'dualstack';
}

/** The one of the derived name. */
type NamedLoadBalancer = Omit<LoadBalancer, 'createdAt' | 'stateReason'> & {
  createdAt?: Date;
  tags: Record<string, string>;
};

/** One that bears the site's tags, with what keeps it from being deleted, where it is to be. */
export interface OwnLoadBalancer extends LoadBalancer {
  isProtected?: boolean;
  listeners?: { arn: string; port: number; ours: boolean }[];
  /** Why ELB has refused to delete it. */
  refused?: string;
}

export interface SeenLoadBalancers {
  /** What the document needs, in the instance's VPC and behind its security group; not read where nothing but a release is decided. */
  edge?: { vpcId: string; groupId: string; loadBalancer?: NamedLoadBalancer; placement?: Placement };
  /** Those of the site; not read where nothing is released. */
  own?: OwnLoadBalancer[];
}

export function loadBalancerChanges(
  desired: readonly DesiredLoadBalancer[],
  seen: SeenLoadBalancers,
  scope: Scope,
): Change[] {
  const [wanted] = desired;
  return [
    ...inPhase('prepare', wanted && seen.edge ? [preparedChange(wanted, seen.edge, scope)] : []),
    ...inPhase('release', releasedChanges(desired, seen, scope)),
  ];
}

function preparedChange(
  { name }: DesiredLoadBalancer,
  { loadBalancer, placement, vpcId, groupId }: NonNullable<SeenLoadBalancers['edge']>,
  scope: Scope,
): Unphased {
  const { owner } = scope;
  const resource: ResourceRef = { type: TYPE, name };
  if (!loadBalancer) {
    const after = { scheme: 'internet-facing', vpcId, ...placement, tags: ownerTags(owner) };
    const message = `Create the load balancer "${name}" in ${placement?.subnets.join(', ')}`;
    return { verb: 'create', resource, after, message };
  }
  const { arn, scheme, tags, dnsName, securityGroups } = loadBalancer;
  const found = { ...resource, id: arn };
  const before = { vpcId: loadBalancer.vpcId, scheme, securityGroups, tags };
  const problem = loadBalancerProblem(loadBalancer, { ...scope, vpcId });
  if (problem) {
    const { securityGroups: _, ...state } = before;
    return { verb: 'conflict', resource: found, before: state, message: problem };
  }
  const groups = groupsToSet(securityGroups, groupId);
  const grouped = groups ? { securityGroups: groups } : {};
  if (!isOwnedBy(owner, tags)) {
    return adopted(found, before, { owner, after: grouped, message: `put it into our security group too: ${dnsName}` });
  }
  if (groups) {
    const message = `Put the load balancer "${name}" into its security group again`;
    return { verb: 'update', resource: found, before, after: { ...before, ...grouped }, message };
  }
  return kept(found, { vpcId: loadBalancer.vpcId, scheme }, `Use the load balancer "${name}": ${dnsName}`);
}

/**
 * Why a load balancer of our name cannot be used (failures L5); undefined when it is ours, or is to be adopted, and faces the
 * internet from the right VPC, which cannot be changed.
 */
export function loadBalancerProblem(
  { arn, vpcId, scheme, tags }: Pick<NamedLoadBalancer, 'arn' | 'vpcId' | 'scheme' | 'tags'>,
  { owner, site, vpcId: wanted }: Pick<Scope, 'owner' | 'site'> & { vpcId: string },
): string | undefined {
  const cannot = `Cannot use the load balancer "${resourceName(owner.domain)}" (${arn})`;
  if (vpcId !== wanted || scheme !== 'internet-facing') {
    return `${cannot}: it is ${scheme} in "${vpcId}", and the target is in "${wanted}". Delete it, then declare the site again`;
  }
  if (isOwnedBy(owner, tags) || (site?.adopt === true && isNobodys(tags))) return undefined;
  return `${cannot}: ${whoseItIs(tags)}. ${adviceFor(tags)}`;
}

/** The security groups that a load balancer is to have: those that it has, and ours. Undefined when it has that already. */
export function groupsToSet(current: readonly string[], ours: string): string[] | undefined {
  return current.includes(ours) ? undefined : [...current, ours];
}

function releasedChanges(desired: readonly DesiredLoadBalancer[], seen: SeenLoadBalancers, scope: Scope): Unphased[] {
  const used = usedLoadBalancer(desired, seen, scope);
  return (seen.own ?? [])
    .filter(({ arn }) => arn !== used?.loadBalancerArn)
    .map((each): Unphased => {
      const { arn, dnsName } = each;
      const resource: ResourceRef = { type: TYPE, name: resourceName(scope.owner.domain), id: arn };
      const before = scope.record && beforeOf(scope.record, TYPE, arn);
      if (before) return restored(resource, { dnsName }, before);
      const why = whyRetained(each, scope);
      if (why !== undefined) return { verb: 'retain', resource, message: why };
      return { verb: 'delete', resource, before: { dnsName }, message: `Delete the load balancer ${dnsName}` };
    });
}

/** Everything that keeps it, at once: a person clears it in one round. */
function whyRetained(each: OwnLoadBalancer, scope: Scope): string | undefined {
  if (each.refused !== undefined) return each.refused;
  const retained = scope.retained.find(({ id }) => id === each.arn);
  const whys = [
    // Where records of others lead to it, its own listeners are retained with it.
    ...(isOccupied(each, scope) && !retained ? ['a listener stays on it. Delete that one'] : []),
    ...(each.isProtected ? [PROTECTED] : []),
  ];
  if (retained) return [...whys, retained.why].join('; ');
  return whys.length === 0 ? undefined : `${whys.join('; ')}, ${THEN_AGAIN}`;
}

function isOccupied({ listeners = [] }: OwnLoadBalancer, { known: { RemoveListeners } }: Scope): boolean {
  const { left = [] } = RemoveListeners ?? {};
  return listeners.some(({ arn, ours }) => !ours || left.some(({ id }) => id === arn));
}

export const PROTECTED = 'its deletion protection is on. Turn it off';

/** Whether one of ours is deleted unless something keeps it: not needed by the document, and not adopted. */
export function isDeletable(arn: string, used: { loadBalancerArn: string } | undefined, { record }: Scope): boolean {
  return arn !== used?.loadBalancerArn && !(record && beforeOf(record, TYPE, arn));
}

/**
 * The load balancer that the document uses: as it is read, or where only a release is decided, as the preparing step has told.
 *
 * @throws {Error} when neither is known: then nothing may be released
 */
export function usedLoadBalancer(
  desired: readonly DesiredLoadBalancer[],
  seen: { edge?: SeenLoadBalancers['edge'] | undefined },
  scope: Scope,
): StepOutputs['CreateLoadBalancer'] | undefined {
  if (desired.length === 0) return undefined;
  return seen.edge || !scope.known.CreateLoadBalancer
    ? loadBalancerHandles(desired, seen, scope)
    : scope.known.CreateLoadBalancer;
}

/** @throws {Error} for a site that needs none */
export function loadBalancerHandles(
  [desired]: readonly DesiredLoadBalancer[],
  seen: { edge?: SeenLoadBalancers['edge'] | undefined } | undefined,
  { owner }: Scope,
): StepOutputs['CreateLoadBalancer'] {
  const { edge } = seen ?? {};
  if (!desired || !edge) throw new Error(`Cannot tell the load balancer of "${owner.domain}": unread`);
  const { arn, dnsName, zoneId, createdAt } = edge.loadBalancer ?? NEW(desired.name);
  return { loadBalancerArn: arn, dnsName, zoneId, createdAt: createdAt?.toISOString() ?? '' };
}

/** What stands in a plan for a load balancer that is not created yet. */
const NEW = (name: string): Pick<NamedLoadBalancer, 'arn' | 'dnsName' | 'zoneId' | 'createdAt'> => {
  const words = standIn(`load balancer ${name}`);
  return { arn: words, dnsName: words, zoneId: '' };
};
