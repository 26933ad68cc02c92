import { distributions } from '../permissions/distribution-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function distributionPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    // A load balancer accepts the next secret before it is sent.
    anywhere('cloudfront:ListDistributions', 'elasticloadbalancing:DescribeRules'),
    // One that is not there, or not yet, has no tags to be judged by.
    allow(
      distributions(scope),
      'cloudfront:GetDistribution',
      'cloudfront:ListTagsForResource',
      'cloudfront:ListDomainConflicts',
    ),
    withOurTags(scope, ['*'], 'cloudfront:CreateDistribution'),
    withOurTags(scope, distributions(scope), 'cloudfront:TagResource'),
    onOurs(
      scope,
      distributions(scope),
      'cloudfront:UpdateDistribution',
      'cloudfront:DeleteDistribution',
      'cloudfront:UntagResource',
    ),
  ];
}
