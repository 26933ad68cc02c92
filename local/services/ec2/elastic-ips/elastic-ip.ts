import type { Address } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';

export interface ElasticIp {
  allocationId: string;
  publicIp: string;
  association: { associationId: string; interfaceId: string } | undefined;
}

/** As DescribeAddresses shows it. */
export function shownAddress(ec2: Ec2, region: Region, { allocationId, publicIp, association }: ElasticIp): Address {
  const networkInterface = association && region.interfaces.get(association.interfaceId);
  return {
    AllocationId: allocationId,
    PublicIp: publicIp,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: region.name,
    ...(association &&
      networkInterface && {
        AssociationId: association.associationId,
        NetworkInterfaceId: networkInterface.interfaceId,
        NetworkInterfaceOwnerId: ec2.host.account,
        PrivateIpAddress: networkInterface.privateAddress,
        ...(networkInterface.attachment?.instanceId && { InstanceId: networkInterface.attachment.instanceId }),
      }),
    Tags: region.tags.shown(allocationId),
  };
}
