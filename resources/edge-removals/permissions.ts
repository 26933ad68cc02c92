import { distributions } from '../permissions/distribution-arns.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/** What `readEdgeRemovals` reads. */
export const readingEdgeRemovals = (): Grant =>
  anywhere(
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeRules',
    'elasticloadbalancing:DescribeListenerCertificates',
    'elasticloadbalancing:DescribeTags',
    'elasticloadbalancing:DescribeTargetHealth',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeManagedPrefixLists',
    'ec2:DescribeInstances',
    'ec2:DescribeAddresses',
  );

/** What `readDistributionChanges` reads. */
export const readingDistribution = (scope: GrantScope): Grant =>
  allow(distributions(scope), 'cloudfront:GetDistribution');
