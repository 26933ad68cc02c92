import { ledgerOfStep } from '../permissions/ledger.ts';
import { loadBalancerArns } from '../permissions/load-balancer-arns.ts';
import { creatingTargetGroups, registeringTargets } from '../permissions/load-balancer-dependents.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { anywhere, type Grant } from '../permissions/statement.ts';

export function targetGroupPermissions(scope: GrantScope): Grant[] {
  const { targetGroup } = loadBalancerArns(scope);
  return [
    ledgerOfStep(scope),
    anywhere(
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:DescribeTags',
      // What forwards to a group that is to be deleted.
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
    ),
    ...creatingTargetGroups(scope),
    ...registeringTargets(),
    withOurTags(scope, [targetGroup], 'elasticloadbalancing:CreateTargetGroup', 'elasticloadbalancing:AddTags'),
    onOurs(
      scope,
      [targetGroup],
      'elasticloadbalancing:ModifyTargetGroup',
      'elasticloadbalancing:RegisterTargets',
      'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:DeleteTargetGroup',
      'elasticloadbalancing:RemoveTags',
    ),
  ];
}

/** Of the function that deregisters targets. */
export function targetPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    anywhere('elasticloadbalancing:DescribeTargetHealth'),
    onOurs(scope, [loadBalancerArns(scope).targetGroup], 'elasticloadbalancing:DeregisterTargets'),
  ];
}
