import type { LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { Scope } from '../resource.ts';
import { type DesiredLoadBalancer, type SeenLoadBalancers, TYPE, usedLoadBalancer } from './changes.ts';

/** The load balancer that the document uses, and those of the site that are retained. */
export function standingLoadBalancers(
  desired: readonly DesiredLoadBalancer[],
  seen: SeenLoadBalancers,
  scope: Scope,
): Made[] {
  const used = usedLoadBalancer(desired, seen, scope);
  const isCreated = !seen.edge || seen.edge.loadBalancer !== undefined;
  const retained = (seen.own ?? []).filter(({ arn }) => arn !== used?.loadBalancerArn);
  return [
    ...(used && isCreated ? [madeLoadBalancer({ ...used, arn: used.loadBalancerArn })] : []),
    ...retained.map(madeLoadBalancer),
  ];
}

export function madeLoadBalancer({ arn, dnsName }: Pick<LoadBalancer, 'arn' | 'dnsName'>): Made {
  return { type: TYPE, id: arn, ours: true, detail: dnsName };
}
