import type { DescribeSubnetsRequest, DescribeSubnetsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { type Subnet, shownSubnet } from './subnet.ts';

/** Describes the subnets of the region. */
export function describeSubnets(ec2: Ec2): Operation<DescribeSubnetsRequest, DescribeSubnetsResult> {
  const fields: Record<string, Field<Subnet>> = {
    'availability-zone': ({ zone }) => zone.name,
    availabilityZone: ({ zone }) => zone.name,
    'availability-zone-id': ({ zone }) => zone.id,
    'available-ip-address-count': ({ cidr }) => ec2.plan.freeIn(cidr),
    'cidr-block': ({ cidr }) => cidr.text,
    cidr: ({ cidr }) => cidr.text,
    'default-for-az': () => false,
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6 }) => ipv6?.cidr.text,
    'ipv6-cidr-block-association.association-id': ({ ipv6 }) => ipv6?.associationId,
    'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch,
    'owner-id': () => ec2.host.account,
    state: () => 'available',
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
  };
  return {
    run({ SubnetIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const subnets = SubnetIds?.length
        ? SubnetIds.map((id) => find(region.subnets, 'subnet', id))
        : region.subnets.values();
      const found = filtered(subnets, Filters, { fields, tags: ({ subnetId }) => region.tags.of(subnetId) });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: SubnetIds, idsName: 'subnetIds' });
      return { Subnets: items.map((subnet) => shownSubnet(ec2, region, subnet)), ...next };
    },
  };
}
