import { ledgerOfList, ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import { arnHere, type GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/**
 * The load balancer is another's and bears no tag of ours: nothing but the list of certificates of its listeners can be changed, and
 * rules added that bear our tags.
 */
export function listenerCertificatePermissions(scope: GrantScope): Grant[] {
  const listeners = arnHere(scope, 'elasticloadbalancing', 'listener/app/*/*/*');
  const listenerRule = arnHere(scope, 'elasticloadbalancing', 'listener-rule/app/*/*/*/*');
  return [
    ledgerOfStep(scope),
    ledgerOfList(scope),
    anywhere(
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTags',
      'elasticloadbalancing:DescribeAccountLimits',
    ),
    withOurTags(scope, [listeners], 'elasticloadbalancing:CreateRule'),
    withOurTags(scope, [listenerRule], 'elasticloadbalancing:AddTags'),
    onOurs(
      scope,
      [listenerRule],
      'elasticloadbalancing:ModifyRule',
      'elasticloadbalancing:DeleteRule',
      'elasticloadbalancing:RemoveTags',
    ),
    allow(
      [listeners],
      'elasticloadbalancing:AddListenerCertificates',
      'elasticloadbalancing:RemoveListenerCertificates',
    ),
  ];
}
