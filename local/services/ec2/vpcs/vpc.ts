import type { Vpc as ShownVpc } from '@aws-sdk/client-ec2';
import type { Cidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';

export interface Vpc {
  vpcId: string;
  cidr: Cidr;
  associationId: string;
  ipv6: { cidr: Cidr; associationId: string } | undefined;
  /** Whether it is the one that AWS gives an account in the region. */
  isDefault?: true;
  dnsSupport: boolean;
  dnsHostnames: boolean;
}

/** As DescribeVpcs shows it. */
export function shownVpc(ec2: Ec2, region: Region, vpc: Vpc): ShownVpc {
  return {
    VpcId: vpc.vpcId,
    OwnerId: ec2.host.account,
    CidrBlock: vpc.cidr.text,
    State: 'available',
    IsDefault: vpc.isDefault === true,
    InstanceTenancy: 'default',
    DhcpOptionsId: 'default',
    CidrBlockAssociationSet: [
      { AssociationId: vpc.associationId, CidrBlock: vpc.cidr.text, CidrBlockState: { State: 'associated' } },
    ],
    Ipv6CidrBlockAssociationSet: vpc.ipv6
      ? [
          {
            AssociationId: vpc.ipv6.associationId,
            Ipv6CidrBlock: vpc.ipv6.cidr.text,
            Ipv6CidrBlockState: { State: 'associated' },
            NetworkBorderGroup: region.name,
            Ipv6Pool: 'Amazon',
          },
        ]
      : [],
    Tags: region.tags.shown(vpc.vpcId),
  };
}
