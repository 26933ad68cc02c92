import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import { loadBalancerArns } from '../../resources/permissions/load-balancer-arns.ts';
import { creatingTargetGroups, registeringTargets } from '../../resources/permissions/load-balancer-dependents.ts';
import { onOurs, onOursWithOurTags, withOurTags } from '../../resources/permissions/own-tags.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';
import { readingEdgeRemovals } from './probes.ts';

/** functions/load-balancers/, as far as it makes and changes. */
export function loadBalancerGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const { loadBalancer, listener, targetGroup } = loadBalancerArns(scope);
  return {
    'create-target-group': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
      ),
      ...creatingTargetGroups(scope),
      ...registeringTargets(),
      withOurTags(scope, [targetGroup], 'elasticloadbalancing:CreateTargetGroup', 'elasticloadbalancing:AddTags'),
      onOurs(scope, [targetGroup], 'elasticloadbalancing:ModifyTargetGroup', 'elasticloadbalancing:RegisterTargets'),
    ],
    'create-http-listener': [
      step,
      anywhere('elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeTags'),
      onOursWithOurTags(scope, [loadBalancer], 'elasticloadbalancing:CreateListener'),
      withOurTags(scope, [listener], 'elasticloadbalancing:AddTags'),
      onOurs(scope, [listener], 'elasticloadbalancing:ModifyListener'),
    ],
    'attach-certificate': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeTags',
      ),
      onOursWithOurTags(scope, [loadBalancer], 'elasticloadbalancing:CreateListener'),
      withOurTags(scope, [listener], 'elasticloadbalancing:AddTags'),
      onOurs(scope, [listener], 'elasticloadbalancing:ModifyListener', 'elasticloadbalancing:AddListenerCertificates'),
    ],
    'await-load-balancer': [step, readingEdgeRemovals()],
    'move-listener': [
      step,
      anywhere('elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeTags'),
      onOurs(scope, [listener], 'elasticloadbalancing:ModifyListener'),
    ],
  };
}
