import { arnHere, type GrantScope } from './scope.ts';

/** A load balancer and what belongs to it. What bears a name at ELB has the prefix of every name that is ours. */
export interface LoadBalancerArns {
  loadBalancer: string;
  listener: string;
  listenerRule: string;
  targetGroup: string;
  group: string;
  rule: string;
}

/** The ARNs of every one in the stack's region. */
export function loadBalancerArns(scope: GrantScope): LoadBalancerArns {
  return {
    loadBalancer: arnHere(scope, 'elasticloadbalancing', 'loadbalancer/app/np-*/*'),
    listener: arnHere(scope, 'elasticloadbalancing', 'listener/app/np-*/*/*'),
    listenerRule: arnHere(scope, 'elasticloadbalancing', 'listener-rule/app/np-*/*/*/*'),
    targetGroup: arnHere(scope, 'elasticloadbalancing', 'targetgroup/np-*/*'),
    group: arnHere(scope, 'ec2', 'security-group/*'),
    rule: arnHere(scope, 'ec2', 'security-group-rule/*'),
  };
}
