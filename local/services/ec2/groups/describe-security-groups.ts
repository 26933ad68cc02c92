import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import type { Peer, Rule } from './rule.ts';
import { type SecurityGroup, shownGroup } from './security-group.ts';

/** Describes the security groups of the region. */
export function describeSecurityGroups(
  ec2: Ec2,
): Operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult> {
  const fields: Record<string, Field<SecurityGroup>> = {
    description: ({ description }) => description,
    'group-id': ({ groupId }) => groupId,
    'group-name': ({ name }) => name,
    'owner-id': () => ec2.host.account,
    'vpc-id': ({ vpcId }) => vpcId,
    ...permissionFields('ip-permission', false),
    ...permissionFields('egress.ip-permission', true),
  };
  return {
    run({ GroupIds, GroupNames, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const groups = GroupIds?.length ? GroupIds.map((id) => find(region.groups, 'group', id)) : region.groups.values();
      // AWS looks names up in the default VPC; there is none here.
      for (const name of GroupNames ?? []) {
        throw new AwsError('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC`);
      }
      const found = filtered(groups, Filters, { fields, tags: ({ groupId }) => region.tags.of(groupId) });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: GroupIds, idsName: 'securityGroupIds' });
      return { SecurityGroups: items.map((group) => shownGroup(ec2, region, group)), ...next };
    },
  };
}

function permissionFields(prefix: string, egress: boolean): Record<string, Field<SecurityGroup>> {
  const field =
    (read: (rule: Rule) => string | undefined): Field<SecurityGroup> =>
    ({ rules }) =>
      [...rules.values()].filter((rule) => rule.egress === egress).map(read);
  return {
    [`${prefix}.cidr`]: field(({ peer }) => rangeIn(peer, 4)),
    [`${prefix}.ipv6-cidr`]: field(({ peer }) => rangeIn(peer, 6)),
    [`${prefix}.group-id`]: field(({ peer }) => ('groupId' in peer ? peer.groupId : undefined)),
    [`${prefix}.prefix-list-id`]: field(({ peer }) => ('prefixList' in peer ? peer.prefixList.id : undefined)),
    [`${prefix}.protocol`]: field(({ protocol }) => protocol),
    [`${prefix}.from-port`]: field(({ ports }) => ports && String(ports.from)),
    [`${prefix}.to-port`]: field(({ ports }) => ports && String(ports.to)),
  };
}

const rangeIn = (peer: Peer, family: 4 | 6): string | undefined =>
  'cidr' in peer && peer.cidr.family === family ? peer.cidr.text : undefined;
