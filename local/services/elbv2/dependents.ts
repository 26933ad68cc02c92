import type { Call, Dependent } from '../../wire/service.ts';

// Source: Elastic Load Balancing User Guide, "API permissions", for the 2015-12-01 API; checked 2026-11-29. Some copies
// have CreateServiceLinkedRole for target groups too: the unkind reading is taken.
const READS: Record<string, string[]> = {
  CreateLoadBalancer: [
    'DescribeAccountAttributes',
    'DescribeAddresses',
    'DescribeInternetGateways',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVpcs',
  ],
  CreateTargetGroup: ['DescribeInternetGateways', 'DescribeVpcs'],
  RegisterTargets: ['DescribeInstances', 'DescribeInternetGateways', 'DescribeSubnets', 'DescribeVpcs'],
  SetIpAddressType: ['DescribeSubnets'],
  SetSubnets: ['DescribeSubnets'],
  // Not listed; ApplySecurityGroupsToLoadBalancer of the 2012-06-01 API asks for both.
  SetSecurityGroups: ['DescribeAccountAttributes', 'DescribeSecurityGroups'],
};

const SERVICE = 'elasticloadbalancing.amazonaws.com';
const CREATES_ROLE = new Set(['CreateLoadBalancer', 'CreateTargetGroup']);

// The guide doesn't list it, and callers were denied for the lack of it since 2024. Source: issue 3917 of
// kubernetes-sigs/aws-load-balancer-controller, whose policy has had it since; checked 2026-11-29.
const LOOKS_UP_GROUPS = new Set(['CreateLoadBalancer', 'SetSecurityGroups']);

/** What ELB asks EC2 and IAM in its caller's name for an operation, and so the caller must be allowed. */
export function dependentsOf(call: Call): Dependent[] {
  const { operation, account, region } = call;
  const reads = (READS[operation] ?? []).map((action) => ({ action: `ec2:${action}` }));
  const role = {
    arn: `arn:aws:iam::${account}:role/aws-service-role/${SERVICE}/AWSServiceRoleForElasticLoadBalancing`,
    keys: { 'iam:AWSServiceName': [SERVICE] },
  };
  return [
    ...reads,
    ...(LOOKS_UP_GROUPS.has(operation)
      ? [{ action: 'ec2:GetSecurityGroupsForVpc', resources: [`arn:aws:ec2:${region}:${account}:vpc/*`] }]
      : []),
    ...(CREATES_ROLE.has(operation) ? [{ action: 'iam:CreateServiceLinkedRole', resources: [role] }] : []),
  ];
}
