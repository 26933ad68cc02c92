import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { type NetworkInterface, shownInterface } from './network-interface.ts';

/** Describes the interfaces of the region: of instances and of load balancers. */
export function describeNetworkInterfaces(
  ec2: Ec2,
): Operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult> {
  return {
    run({ NetworkInterfaceIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const interfaces = NetworkInterfaceIds?.length
        ? NetworkInterfaceIds.map((id) => find(region.interfaces, 'interface', id))
        : region.interfaces.values();
      const found = filtered(interfaces, Filters, {
        fields: {
          ...fields,
          'group-name': ({ groupIds }) => groupIds.map((id) => region.groups.get(id)?.name),
          'owner-id': () => ec2.host.account,
        },
        tags: ({ interfaceId }) => region.tags.of(interfaceId),
      });
      const { items, ...next } = page(found, {
        MaxResults,
        NextToken,
        ids: NetworkInterfaceIds,
        idsName: 'networkInterfaceIds',
      });
      return { NetworkInterfaces: items.map((own) => shownInterface(ec2, region, own)), ...next };
    },
  };
}

const allocation = ({ publicAddress }: NetworkInterface) =>
  publicAddress && publicAddress.owner !== 'amazon' ? publicAddress.owner : undefined;

const fields: Record<string, Field<NetworkInterface>> = {
  'addresses.association.public-ip': ({ publicAddress }) => publicAddress?.address,
  'addresses.private-ip-address': ({ privateAddress }) => privateAddress,
  'association.allocation-id': (own) => allocation(own)?.allocationId,
  'association.association-id': (own) => allocation(own)?.associationId,
  'association.public-ip': ({ publicAddress }) => publicAddress?.address,
  'attachment.attachment-id': ({ attachment }) => attachment.attachmentId,
  'attachment.instance-id': ({ attachment }) => attachment.instanceId,
  'attachment.status': () => 'attached',
  'availability-zone': ({ subnet }) => subnet.zone.name,
  description: ({ description }) => description,
  'group-id': ({ groupIds }) => groupIds,
  'interface-type': () => 'interface',
  'ipv6-addresses.ipv6-address': ({ ipv6Addresses }) => ipv6Addresses,
  'mac-address': ({ mac }) => mac,
  'network-interface-id': ({ interfaceId }) => interfaceId,
  'private-ip-address': ({ privateAddress }) => privateAddress,
  'requester-id': ({ requester }) => requester,
  'requester-managed': ({ requester }) => requester !== undefined,
  status: () => 'in-use',
  'subnet-id': ({ subnet }) => subnet.subnetId,
  'vpc-id': ({ subnet }) => subnet.vpcId,
};
