import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import { loadBalancerArns } from '../../resources/permissions/load-balancer-arns.ts';
import { registeringTargets } from '../../resources/permissions/load-balancer-dependents.ts';
import { onOurs } from '../../resources/permissions/own-tags.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/load-balancers/, as far as it removes. */
export function loadBalancerRemovalGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const { listener, targetGroup } = loadBalancerArns(scope);
  return {
    'remove-targets': [
      step,
      anywhere('elasticloadbalancing:DescribeTargetHealth'),
      onOurs(scope, [targetGroup], 'elasticloadbalancing:DeregisterTargets'),
    ],
    'remove-listeners': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTags',
      ),
      onOurs(
        scope,
        [listener],
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:AddListenerCertificates',
        'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:RemoveTags',
      ),
    ],
    'remove-target-groups': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
      ),
      ...registeringTargets(),
      onOurs(
        scope,
        [targetGroup],
        'elasticloadbalancing:DeleteTargetGroup',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:RemoveTags',
      ),
    ],
  };
}
