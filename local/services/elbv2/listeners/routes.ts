import type { Elb } from '../elb.ts';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import { checkTargetsOf, forgetUnused } from '../target-groups/checks.ts';
import type { TargetGroup } from '../target-groups/target-group.ts';
import type { Listener } from './listener.ts';

/** The target groups that a listener's rules forward to. */
export const routesOf = ({ region, rules }: Listener): TargetGroup[] =>
  rules
    .flatMap(({ actions }) => actions)
    .flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? [])
    .flatMap(({ TargetGroupArn = '' }) => region.targetGroups.get(TargetGroupArn) ?? []);

/** Rules have changed: the checks of groups that are used now begin, of `before` those that are no more end. */
export function forgetRoutes(elb: Elb, loadBalancer: LoadBalancer, before: TargetGroup[]): void {
  for (const group of before) forgetUnused(group);
  checkTargetsOf(elb, loadBalancer);
}
