import { ledgerOfStep } from '../permissions/ledger.ts';
import { loadBalancerArns } from '../permissions/load-balancer-arns.ts';
import { onOurs, tagOnCreate, withOurTags } from '../permissions/own-tags.ts';
import { arnHere, type GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function securityGroupPermissions(scope: GrantScope): Grant[] {
  const { group, rule } = loadBalancerArns(scope);
  return [
    ledgerOfStep(scope),
    anywhere(
      'ec2:DescribeInstances',
      'ec2:DescribeSubnets',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeManagedPrefixLists',
    ),
    allow([arnHere(scope, 'ec2', 'vpc/*')], 'ec2:CreateSecurityGroup'),
    // The instance's own group bears no tag of ours: what is opened there must be a rule that does. EC2 does not authorize the
    // rule that is revoked: it is chosen by its tags.
    allow([group], 'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'),
    withOurTags(scope, [rule], 'ec2:AuthorizeSecurityGroupIngress'),
    tagOnCreate(scope, [rule], 'AuthorizeSecurityGroupIngress'),
    // Created, or adopted.
    withOurTags(scope, [group], 'ec2:CreateSecurityGroup', 'ec2:CreateTags'),
    onOurs(scope, [group], 'ec2:DeleteSecurityGroup'),
    onOurs(scope, [group, rule], 'ec2:DeleteTags'),
  ];
}
