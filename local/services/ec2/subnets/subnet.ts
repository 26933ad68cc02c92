import type { Subnet as ShownSubnet } from '@aws-sdk/client-ec2';
import type { Cidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';
import type { Zone } from '../zones.ts';

export interface Subnet {
  subnetId: string;
  vpcId: string;
  zone: Zone;
  cidr: Cidr;
  ipv6: { cidr: Cidr; associationId: string } | undefined;
  /** Whether it is of the default VPC. */
  isDefault?: true;
  mapPublicIpOnLaunch: boolean;
  assignIpv6OnCreation: boolean;
}

/** "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0f2c…" */
const subnetArn = (ec2: Ec2, region: Region, { subnetId }: Subnet): string =>
  `arn:aws:ec2:${region.name}:${ec2.host.account}:subnet/${subnetId}`;

/** As DescribeSubnets shows it. */
export function shownSubnet(ec2: Ec2, region: Region, subnet: Subnet): ShownSubnet {
  return {
    SubnetId: subnet.subnetId,
    SubnetArn: subnetArn(ec2, region, subnet),
    VpcId: subnet.vpcId,
    OwnerId: ec2.host.account,
    AvailabilityZone: subnet.zone.name,
    AvailabilityZoneId: subnet.zone.id,
    CidrBlock: subnet.cidr.text,
    AvailableIpAddressCount: ec2.plan.freeIn(subnet.cidr),
    State: 'available',
    DefaultForAz: subnet.isDefault === true,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    AssignIpv6AddressOnCreation: subnet.assignIpv6OnCreation,
    MapCustomerOwnedIpOnLaunch: false,
    Ipv6Native: false,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet: subnet.ipv6
      ? [
          {
            AssociationId: subnet.ipv6.associationId,
            Ipv6CidrBlock: subnet.ipv6.cidr.text,
            Ipv6CidrBlockState: { State: 'associated' },
          },
        ]
      : [],
    Tags: region.tags.shown(subnet.subnetId),
  };
}
