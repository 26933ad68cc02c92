import type { Elb } from '../elb.ts';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import { healthOf } from './health.ts';
import { type Target, type TargetGroup, usersOf } from './target-group.ts';

/**
 * What Route 53 sees when it evaluates the target health of an alias: every target group has a healthy target; one
 * without targets has none.
 * Source: Route 53 Developer Guide, "Evaluate target health"; checked 2026-11-22.
 */
export function isHealthy(elb: Elb, loadBalancer: LoadBalancer): boolean {
  return groupsOf(loadBalancer).every((group) =>
    [...group.targets.values()].some((target) => healthOf(elb, group, target).State === 'healthy'),
  );
}

/** Whether it answers alike until something changes: the checks of all its targets rest. */
export const isSteady = (elb: Elb, loadBalancer: LoadBalancer): boolean =>
  groupsOf(loadBalancer).every((group) => inUse(elb, group).every((target) => target.restingUntil !== undefined));

/** Whether requests for the same go to the same target: no group has two. */
export const isUniform = (elb: Elb, loadBalancer: LoadBalancer): boolean =>
  groupsOf(loadBalancer).every((group) => inUse(elb, group).length < 2);

const inUse = (elb: Elb, group: TargetGroup): Target[] =>
  [...group.targets.values()].filter((target) => !target.draining && healthOf(elb, group, target).State !== 'unused');

const groupsOf = (loadBalancer: LoadBalancer): TargetGroup[] =>
  [...loadBalancer.region.targetGroups.values()].filter((group) => usersOf(group).includes(loadBalancer));
