import { ledgerOfStep } from '../permissions/ledger.ts';
import { loadBalancerArns } from '../permissions/load-balancer-arns.ts';
import { creatingLoadBalancers } from '../permissions/load-balancer-dependents.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { anywhere, type Grant } from '../permissions/statement.ts';

export function loadBalancerPermissions(scope: GrantScope): Grant[] {
  const { loadBalancer } = loadBalancerArns(scope);
  return [
    ledgerOfStep(scope),
    anywhere(
      'ec2:DescribeRouteTables',
      'ec2:DescribeInstances',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeTags',
    ),
    // Also what setting its security groups needs.
    ...creatingLoadBalancers(scope),
    withOurTags(scope, [loadBalancer], 'elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:AddTags'),
    onOurs(
      scope,
      [loadBalancer],
      'elasticloadbalancing:DeleteLoadBalancer',
      'elasticloadbalancing:SetSecurityGroups',
      'elasticloadbalancing:RemoveTags',
    ),
  ];
}
