import type { HostRule } from '../load-balancers/host-rules.ts';
import type { Origin } from './origin.ts';

/** An application load balancer of the account that exists, with whatever serves behind it, as a site declares it. */
export interface LoadBalancerOrigin {
  /** "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef" */
  loadBalancer: string;
  /** The path that answers 200 when it is well. Default "/". */
  healthPath: string;
  /** Left out, the rules of its listener stay as they are. */
  hostRule?: HostRule;
}

/** The load balancer as an origin: it registers its targets itself, and records lead to it by alias. */
export function loadBalancerOrigin({ loadBalancer: id, healthPath, hostRule }: LoadBalancerOrigin): Origin {
  return {
    kind: 'load balancer',
    id,
    label: `the load balancer ${id}`,
    pointer: '#/origin/loadBalancer',
    scheme: 'https',
    port: 443,
    healthPath,
    loadBalancerArn: id,
    ...(hostRule && { hostRule }),
  };
}
