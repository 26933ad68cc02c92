import type { NetworkInterface as ShownInterface } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';
import type { Subnet } from '../subnets/subnet.ts';

/** An elastic network interface: the addresses of an instance or of a load balancer's node, and its groups. */
export interface NetworkInterface {
  interfaceId: string;
  subnet: Subnet;
  mac: string;
  description: string;
  createdAt: Date;
  groupIds: string[];
  privateAddress: string;
  ipv6Addresses: string[];
  /** `amazon`: the address comes and goes with the instance or the load balancer. */
  publicAddress: { address: string; owner: 'amazon' | { allocationId: string; associationId: string } } | undefined;
  /** Whether Amazon gives it a public address when it has none: as its subnet or its launch asked. */
  wantsPublicAddress: boolean;
  /** The service that made it, where an AWS service did. */
  requester: 'amazon-elb' | undefined;
  attachment: { attachmentId: string; instanceId: string | undefined; attachedAt: Date };
  /** Whether somebody is there to take packets: false for a stopped instance. */
  up: boolean;
}

/** All addresses it answers under. */
export const addressesOf = ({ privateAddress, publicAddress, ipv6Addresses }: NetworkInterface): string[] => [
  privateAddress,
  ...(publicAddress ? [publicAddress.address] : []),
  ...ipv6Addresses,
];

/** "ip-10-0-0-4.ec2.internal", outside us-east-1 "ip-10-0-0-4.eu-west-1.compute.internal". */
export const privateDnsName = (region: Region, address: string): string =>
  `ip-${address.replaceAll('.', '-')}.${region.name === 'us-east-1' ? 'ec2' : `${region.name}.compute`}.internal`;

/** "ec2-203-0-113-1.compute-1.amazonaws.com" where the VPC gives names. */
export const publicDnsName = (region: Region, address: string): string =>
  `ec2-${address.replaceAll('.', '-')}.${region.name === 'us-east-1' ? 'compute-1' : `${region.name}.compute`}.amazonaws.com`;

/** The public address as answers show it. */
export function shownAssociation(ec2: Ec2, region: Region, { publicAddress, subnet }: NetworkInterface) {
  if (!publicAddress) return undefined;
  const { address, owner } = publicAddress;
  return {
    PublicIp: address,
    PublicDnsName: region.vpcs.get(subnet.vpcId)?.dnsHostnames ? publicDnsName(region, address) : '',
    ...(owner === 'amazon'
      ? { IpOwnerId: 'amazon' }
      : { IpOwnerId: ec2.host.account, AllocationId: owner.allocationId, AssociationId: owner.associationId }),
  };
}

/** As DescribeNetworkInterfaces shows it. */
export function shownInterface(ec2: Ec2, region: Region, own: NetworkInterface): ShownInterface {
  const association = shownAssociation(ec2, region, own);
  return {
    NetworkInterfaceId: own.interfaceId,
    VpcId: own.subnet.vpcId,
    SubnetId: own.subnet.subnetId,
    AvailabilityZone: own.subnet.zone.name,
    OwnerId: ec2.host.account,
    Description: own.description,
    InterfaceType: 'interface',
    Status: 'in-use',
    MacAddress: own.mac,
    SourceDestCheck: true,
    RequesterManaged: own.requester !== undefined,
    ...(own.requester && { RequesterId: own.requester }),
    PrivateIpAddress: own.privateAddress,
    PrivateDnsName: privateDnsName(region, own.privateAddress),
    PrivateIpAddresses: [
      {
        Primary: true,
        PrivateIpAddress: own.privateAddress,
        PrivateDnsName: privateDnsName(region, own.privateAddress),
        ...(association && { Association: association }),
      },
    ],
    Ipv6Addresses: own.ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address, IsPrimaryIpv6: false })),
    ...(association && { Association: association }),
    Groups: shownGroups(region, own.groupIds),
    Attachment: {
      AttachmentId: own.attachment.attachmentId,
      AttachTime: own.attachment.attachedAt,
      Status: 'attached',
      DeviceIndex: own.attachment.instanceId ? 0 : 1,
      DeleteOnTermination: own.attachment.instanceId !== undefined,
      ...(own.attachment.instanceId
        ? { InstanceId: own.attachment.instanceId, InstanceOwnerId: ec2.host.account }
        : { InstanceOwnerId: 'amazon-elb' }),
    },
    TagSet: region.tags.shown(own.interfaceId),
  };
}

/** Groups as interfaces and instances show them. */
export const shownGroups = (region: Region, groupIds: string[]) =>
  groupIds.map((GroupId) => ({ GroupId, GroupName: region.groups.get(GroupId)?.name ?? '' }));
