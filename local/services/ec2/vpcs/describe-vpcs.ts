import type { DescribeVpcsRequest, DescribeVpcsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { shownVpc, type Vpc } from './vpc.ts';

/** Describes the VPCs of the region. */
export function describeVpcs(ec2: Ec2): Operation<DescribeVpcsRequest, DescribeVpcsResult> {
  const fields: Record<string, Field<Vpc>> = {
    'vpc-id': ({ vpcId }) => vpcId,
    cidr: ({ cidr }) => cidr.text,
    'cidr-block-association.cidr-block': ({ cidr }) => cidr.text,
    'cidr-block-association.association-id': ({ associationId }) => associationId,
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6 }) => ipv6?.cidr.text,
    'is-default': ({ isDefault }) => isDefault === true,
    'owner-id': () => ec2.host.account,
    state: () => 'available',
  };
  return {
    run({ VpcIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const vpcs = VpcIds?.length ? VpcIds.map((id) => find(region.vpcs, 'vpc', id)) : region.vpcs.values();
      const found = filtered(vpcs, Filters, { fields, tags: ({ vpcId }) => region.tags.of(vpcId) });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: VpcIds, idsName: 'vpcIds' });
      return { Vpcs: items.map((vpc) => shownVpc(ec2, region, vpc)), ...next };
    },
  };
}
