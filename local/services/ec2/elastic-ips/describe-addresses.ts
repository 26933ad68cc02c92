import type { DescribeAddressesRequest, DescribeAddressesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { type ElasticIp, shownAddress } from './elastic-ip.ts';
import { findElasticIp } from './find-elastic-ip.ts';

/** Describes the Elastic IPs of the region, all at once. */
export function describeAddresses(ec2: Ec2): Operation<DescribeAddressesRequest, DescribeAddressesResult> {
  return {
    run({ AllocationIds, PublicIps, Filters }, call) {
      const region = ec2.region(call.region);
      const field =
        (name: 'InstanceId' | 'NetworkInterfaceId' | 'PrivateIpAddress'): Field<ElasticIp> =>
        (elasticIp) =>
          shownAddress(ec2, region, elasticIp)[name];
      const fields: Record<string, Field<ElasticIp>> = {
        'allocation-id': ({ allocationId }) => allocationId,
        'association-id': ({ association }) => association?.associationId,
        domain: () => 'vpc',
        'instance-id': field('InstanceId'),
        'network-border-group': () => region.name,
        'network-interface-id': field('NetworkInterfaceId'),
        'network-interface-owner-id': ({ association }) => association && ec2.host.account,
        'private-ip-address': field('PrivateIpAddress'),
        'public-ip': ({ publicIp }) => publicIp,
      };
      const named = [
        ...(AllocationIds ?? []).map((id) => findElasticIp(region, { AllocationId: id })),
        ...(PublicIps ?? []).map((address) => findElasticIp(region, { PublicIp: address })),
      ];
      const found = filtered(named.length > 0 ? named : region.elasticIps.values(), Filters, {
        fields,
        tags: ({ allocationId }) => region.tags.of(allocationId),
      });
      return { Addresses: found.map((elasticIp) => shownAddress(ec2, region, elasticIp)) };
    },
  };
}
