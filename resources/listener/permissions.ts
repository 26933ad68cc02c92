import { distributions } from '../permissions/distribution-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { loadBalancerArns } from '../permissions/load-balancer-arns.ts';
import { onOurs, onOursWithOurTags, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/** Of the listener on port 80. */
export function httpListenerPermissions(scope: GrantScope): Grant[] {
  const { listener } = loadBalancerArns(scope);
  return [
    ledgerOfStep(scope),
    anywhere('elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeTags'),
    ...creating(scope),
    onOurs(scope, [listener], 'elasticloadbalancing:ModifyListener'),
  ];
}

/** Of the listener on port 443, and of the release of both. */
export function listenerPermissions(scope: GrantScope): Grant[] {
  const { listener, listenerRule } = loadBalancerArns(scope);
  return [
    ledgerOfStep(scope),
    anywhere(
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTags',
    ),
    ...creating(scope),
    // The lock of the origin: a rule of our listener, by the secret header that the distribution sends.
    onOursWithOurTags(scope, [listener], 'elasticloadbalancing:CreateRule'),
    withOurTags(scope, [listenerRule], 'elasticloadbalancing:AddTags'),
    onOurs(scope, [listenerRule], 'elasticloadbalancing:ModifyRule', 'elasticloadbalancing:DeleteRule'),
    allow(distributions(scope), 'cloudfront:GetDistribution'),
    onOurs(
      scope,
      [listener],
      'elasticloadbalancing:ModifyListener',
      'elasticloadbalancing:DeleteListener',
      'elasticloadbalancing:AddListenerCertificates',
      'elasticloadbalancing:RemoveListenerCertificates',
    ),
    onOurs(scope, [listener, listenerRule], 'elasticloadbalancing:RemoveTags'),
  ];
}

/** To create a listener on our load balancer, or to adopt one. */
function creating(scope: GrantScope): Grant[] {
  const { loadBalancer, listener } = loadBalancerArns(scope);
  return [
    onOursWithOurTags(scope, [loadBalancer], 'elasticloadbalancing:CreateListener'),
    withOurTags(scope, [listener], 'elasticloadbalancing:AddTags'),
  ];
}
