import { ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, type Grant } from '../permissions/statement.ts';

export function bypassPermissions(scope: GrantScope): Grant[] {
  const functions = [`arn:${scope.partition}:cloudfront::${scope.account}:function/np-*-bypass`];
  return [
    ledgerOfStep(scope),
    // One that is not there has no tags to be judged by.
    allow(functions, 'cloudfront:DescribeFunction', 'cloudfront:GetFunction', 'cloudfront:ListTagsForResource'),
    withOurTags(scope, ['*'], 'cloudfront:CreateFunction'),
    withOurTags(scope, functions, 'cloudfront:TagResource'),
    onOurs(scope, functions, 'cloudfront:UpdateFunction', 'cloudfront:PublishFunction', 'cloudfront:DeleteFunction'),
  ];
}
