import { arnHere, type GrantScope } from './scope.ts';
import type { Grant } from './statement.ts';
import { allow, anywhere } from './statement.ts';

// What ELB asks EC2 and IAM in its caller's name.
// Source: Elastic Load Balancing User Guide, "API permissions", 2015-12-01 API; checked 2026-11-29.

/** For CreateLoadBalancer. */
export const creatingLoadBalancers = (scope: GrantScope): Grant[] => [
  anywhere('ec2:DescribeAddresses', 'ec2:DescribeInternetGateways', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'),
  ...settingSecurityGroups(scope),
  serviceLinkedRole(scope),
];

/**
 * For SetSecurityGroups, as its 2012-06-01 counterpart is listed. GetSecurityGroupsForVpc is in no list; AWS denies
 * without it since 2024 (kubernetes-sigs/aws-load-balancer-controller, issue 3917; checked 2026-11-29).
 */
export const settingSecurityGroups = (scope: GrantScope): Grant[] => [
  anywhere('ec2:DescribeAccountAttributes', 'ec2:DescribeSecurityGroups'),
  allow([arnHere(scope, 'ec2', 'vpc/*')], 'ec2:GetSecurityGroupsForVpc'),
];

/** For CreateTargetGroup. */
export const creatingTargetGroups = (scope: GrantScope): Grant[] => [
  anywhere('ec2:DescribeInternetGateways', 'ec2:DescribeVpcs'),
  serviceLinkedRole(scope),
];

/** For RegisterTargets. */
export const registeringTargets = (): Grant[] => [
  anywhere('ec2:DescribeInstances', 'ec2:DescribeInternetGateways', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'),
];

/** The account's first load balancer makes the role that ELB works with. */
const serviceLinkedRole = ({ partition, account }: GrantScope): Grant => ({
  actions: ['iam:CreateServiceLinkedRole'],
  resources: [`arn:${partition}:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`],
  conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
});

/** All of them, by the action that needs them. */
export const DEPENDENTS: Record<string, (scope: GrantScope) => Grant[]> = {
  'elasticloadbalancing:CreateLoadBalancer': creatingLoadBalancers,
  'elasticloadbalancing:SetSecurityGroups': settingSecurityGroups,
  'elasticloadbalancing:CreateTargetGroup': creatingTargetGroups,
  'elasticloadbalancing:RegisterTargets': registeringTargets,
};
