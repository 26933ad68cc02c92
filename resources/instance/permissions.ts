import { ledgerOfStep } from '../permissions/ledger.ts';
import { loadBalancerArns } from '../permissions/load-balancer-arns.ts';
import { onOurs, tagOnCreate, withDeclaredTags, withOurTags } from '../permissions/own-tags.ts';
import { arnHere, type GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/** What a request may do with the instance of a site. */
export function serverPermissions(scope: GrantScope): Grant[] {
  const instances = arnHere(scope, 'ec2', 'instance/*');
  return [onOurs(scope, [instances], 'ec2:StartInstances', 'ec2:StopInstances', 'ec2:TerminateInstances')];
}

export function instancePermissions(scope: GrantScope): Grant[] {
  const { partition, region, instanceRoleArn } = scope;
  const { group, rule } = loadBalancerArns(scope);
  const instances = arnHere(scope, 'ec2', 'instance/*');
  const volumes = arnHere(scope, 'ec2', 'volume/*');
  const interfaces = arnHere(scope, 'ec2', 'network-interface/*');
  return [
    ledgerOfStep(scope),
    anywhere(
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
      'ec2:DescribeSubnets',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSecurityGroupRules',
    ),
    allow([`arn:${partition}:ssm:${region}::parameter/aws/service/ami-amazon-linux-latest/*`], 'ssm:GetParameter'),
    // Only with our tags, in our group; images, subnets and keys bear none.
    withDeclaredTags(withOurTags(scope, [instances, volumes, interfaces], 'ec2:RunInstances')),
    withDeclaredTags(tagOnCreate(scope, [instances, volumes, interfaces], 'RunInstances')),
    onOurs(scope, [group], 'ec2:RunInstances', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'),
    allow(
      [
        `arn:${partition}:ec2:${region}::image/*`,
        arnHere(scope, 'ec2', 'subnet/*'),
        arnHere(scope, 'ec2', 'key-pair/*'),
      ],
      'ec2:RunInstances',
    ),
    {
      ...allow([instanceRoleArn], 'iam:PassRole'),
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
    onOurs(scope, [instances], 'ec2:StartInstances', 'ec2:TerminateInstances'),
    // Of what is kept, with its volumes and its interface.
    onOurs(scope, [instances, volumes, interfaces, group, rule], 'ec2:DeleteTags'),
    allow([arnHere(scope, 'ec2', 'vpc/*')], 'ec2:CreateSecurityGroup'),
    withOurTags(scope, [group], 'ec2:CreateSecurityGroup'),
    tagOnCreate(scope, [group], 'CreateSecurityGroup'),
    withOurTags(scope, [rule], 'ec2:AuthorizeSecurityGroupIngress'),
    tagOnCreate(scope, [rule], 'AuthorizeSecurityGroupIngress'),
    onOurs(scope, [group], 'ec2:DeleteSecurityGroup'),
  ];
}
