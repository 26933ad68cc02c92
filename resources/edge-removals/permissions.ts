import { anywhere, type Grant } from '../permissions/statement.ts';

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
