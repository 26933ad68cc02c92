import type { Elb } from '../elb.ts';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import { healthOf } from './health.ts';
import { usersOf } from './target-group.ts';

/**
 * What Route 53 sees when it evaluates the target health of an alias: every target group has a healthy target; one
 * without targets has none.
 * Source: Route 53 Developer Guide, "Evaluate target health"; checked 2026-11-22.
 */
export function isHealthy(elb: Elb, loadBalancer: LoadBalancer): boolean {
  const groups = [...loadBalancer.region.targetGroups.values()].filter((group) =>
    usersOf(group).includes(loadBalancer),
  );
  return groups.every((group) =>
    [...group.targets.values()].some((target) => healthOf(elb, group, target).State === 'healthy'),
  );
}
