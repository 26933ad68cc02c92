import { ledgerOfStep } from './ledger.ts';
import { loadBalancerArns } from './load-balancer-arns.ts';
import { tagAsOurs, tagOnCreate } from './own-tags.ts';
import { arnHere, type GrantScope } from './scope.ts';
import { allow, anywhere, type FunctionGrants } from './statement.ts';

/** functions/load-balancers/, as far as it makes and changes. */
export function loadBalancerGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const { loadBalancer, listener, targetGroup, group, rule } = loadBalancerArns(scope);
  return {
    'open-security-groups': [
      step,
      anywhere('ec2:DescribeInstances', 'ec2:DescribeSecurityGroups'),
      allow([group, arnHere(scope, 'ec2', 'vpc/*')], 'ec2:CreateSecurityGroup'),
      allow([group, rule], 'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'),
      tagOnCreate([group, rule], 'CreateSecurityGroup', 'AuthorizeSecurityGroupIngress'),
      tagAsOurs(scope, [group], 'ec2:CreateTags'),
    ],
    'create-target-group': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(
        [targetGroup],
        'elasticloadbalancing:CreateTargetGroup',
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:DeregisterTargets',
      ),
    ],
    'create-load-balancer': [
      step,
      anywhere(
        'ec2:DescribeSubnets',
        'ec2:DescribeRouteTables',
        'ec2:DescribeInstances',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(
        [loadBalancer],
        'elasticloadbalancing:CreateLoadBalancer',
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:SetSecurityGroups',
      ),
      {
        // The account's first load balancer makes the role that ELB works with.
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [
          `arn:${scope.partition}:iam::${scope.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
        ],
        conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
      },
    ],
    'create-http-listener': [
      step,
      anywhere('elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeTags'),
      allow(
        [loadBalancer, listener],
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:AddTags',
      ),
    ],
    'attach-certificate': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(
        [loadBalancer, listener],
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:AddListenerCertificates',
        'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:AddTags',
      ),
    ],
    'await-load-balancer': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeTargetHealth',
      ),
      allow([listener], 'elasticloadbalancing:ModifyListener'),
    ],
  };
}
