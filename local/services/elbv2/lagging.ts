import { AwsError, type LaggingKind } from '../../wire/service.ts';

const arnOf = (type: string): RegExp => new RegExp(`^arn:aws[\\w-]*:elasticloadbalancing:[^:]+:\\d+:${type}/`);

/** What of Elastic Load Balancing is eventually consistent here, and what it does not know of EC2 at once. */
export const LAGGING: readonly LaggingKind[] = [
  {
    ids: arnOf('loadbalancer'),
    notFound: (id) => new AwsError('LoadBalancerNotFound', `Load balancer '${id}' not found`),
    createdBy: 'CreateLoadBalancer',
    read: {
      operation: 'DescribeLoadBalancers',
      list: 'LoadBalancers',
      id: 'LoadBalancerArn',
      byIds: 'LoadBalancerArns',
      byNames: 'Names',
    },
  },
  {
    ids: arnOf('targetgroup'),
    notFound: (id) => new AwsError('TargetGroupNotFound', `Target group '${id}' not found`),
    createdBy: 'CreateTargetGroup',
    read: {
      operation: 'DescribeTargetGroups',
      list: 'TargetGroups',
      id: 'TargetGroupArn',
      byIds: 'TargetGroupArns',
      byNames: 'Names',
    },
  },
  {
    ids: arnOf('listener'),
    notFound: (id) => new AwsError('ListenerNotFound', `Listener '${id}' not found`),
    createdBy: 'CreateListener',
    read: {
      operation: 'DescribeListeners',
      list: 'Listeners',
      id: 'ListenerArn',
      byIds: 'ListenerArns',
      within: 'LoadBalancerArn',
    },
  },
  {
    ids: arnOf('listener-rule'),
    notFound: (id) => new AwsError('RuleNotFound', `Rule '${id}' not found`),
    createdBy: 'CreateRule',
    read: {
      operation: 'DescribeRules',
      list: 'Rules',
      id: 'RuleArn',
      byIds: 'RuleArns',
      within: 'ListenerArn',
      holder: ({ RuleArn }) =>
        String(RuleArn)
          .replace(':listener-rule/', ':listener/')
          .replace(/\/[^/]+$/, ''),
    },
  },
  {
    ids: arnOf('(?:loadbalancer|targetgroup|listener|listener-rule)'),
    notFound: (id) => new AwsError('LoadBalancerNotFound', `Load balancer '${id}' not found`),
    read: {
      operation: 'DescribeTags',
      list: 'TagDescriptions',
      id: 'ResourceArn',
      byIds: 'ResourceArns',
      tags: true,
    },
  },
  {
    ids: /^sg-/,
    notFound: (id) => new AwsError('InvalidSecurityGroup', `The security group '${id}' does not exist`),
  },
];
