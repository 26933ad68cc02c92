import type { LaggingKind } from '../../wire/service.ts';
import { notFound } from './ids.ts';

/** What of EC2 is eventually consistent here. */
export const LAGGING: readonly LaggingKind[] = [
  {
    ids: /^i-/,
    notFound: (id) => notFound('instance', id),
    createdBy: 'RunInstances',
    // A reservation with several is seen as its first is.
    read: {
      operation: 'DescribeInstances',
      list: 'Reservations',
      id: 'Instances.0.InstanceId',
      byIds: 'InstanceIds',
      createdAlone: true,
    },
  },
  {
    ids: /^sg-/,
    notFound: (id) => notFound('group', id),
    createdBy: 'CreateSecurityGroup',
    read: {
      operation: 'DescribeSecurityGroups',
      list: 'SecurityGroups',
      id: 'GroupId',
      byIds: 'GroupIds',
      filters: { 'group-name': 'GroupName', 'vpc-id': 'VpcId', 'group-id': 'GroupId' },
      tags: true,
    },
  },
  {
    ids: /^sgr-/,
    notFound: (id) => notFound('rule', id),
    createdBy: 'AuthorizeSecurityGroupIngress',
    read: {
      operation: 'DescribeSecurityGroupRules',
      list: 'SecurityGroupRules',
      id: 'SecurityGroupRuleId',
      byIds: 'SecurityGroupRuleIds',
      filters: { 'group-id': 'GroupId' },
      tags: true,
    },
  },
  {
    ids: /^eipalloc-/,
    notFound: (id) => notFound('address', id),
    createdBy: 'AllocateAddress',
    read: {
      operation: 'DescribeAddresses',
      list: 'Addresses',
      id: 'AllocationId',
      byIds: 'AllocationIds',
      filters: { 'instance-id': 'InstanceId', 'allocation-id': 'AllocationId' },
      tags: true,
    },
  },
];
