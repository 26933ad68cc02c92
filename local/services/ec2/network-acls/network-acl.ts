import type { NetworkAcl as ShownNetworkAcl } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../ec2.ts';
import { newIdOf } from '../ids.ts';
import type { Region } from '../region.ts';
import type { Vpc } from '../vpcs/vpc.ts';

/** The default network ACL of a VPC, which lets everything pass both ways; there are no others here. */
export interface NetworkAcl {
  networkAclId: string;
  vpcId: string;
}

// Source: Amazon VPC User Guide, "Default network ACL"; checked 2026-11-22.
const ALLOW_ALL = 100;
const ALLOW_ALL_IPV6 = 101;
const LAST = 32_767;
const LAST_IPV6 = 32_768;

/** Makes the default network ACL of a new VPC. */
export function makeNetworkAcl(ec2: Ec2, region: Region, { vpcId }: Vpc): NetworkAcl {
  const acl = { networkAclId: newIdOf(ec2.host.draws, 'networkAcl'), vpcId };
  region.networkAcls.set(acl.networkAclId, acl);
  return acl;
}

/** The subnets that have no network ACL of their own: here all of the VPC. */
export const subnetIdsOf = (region: Region, { vpcId }: NetworkAcl): string[] =>
  [...region.subnets.values()].filter((subnet) => subnet.vpcId === vpcId).map(({ subnetId }) => subnetId);

/** As DescribeNetworkAcls shows it. */
export function shownNetworkAcl(ec2: Ec2, region: Region, acl: NetworkAcl): ShownNetworkAcl {
  const { networkAclId, vpcId } = acl;
  const ipv6 = region.vpcs.get(vpcId)?.ipv6 !== undefined;
  const rules = [true, false].flatMap((Egress) => [
    { Egress, RuleNumber: ALLOW_ALL, CidrBlock: '0.0.0.0/0', RuleAction: 'allow' as const },
    ...(ipv6 ? [{ Egress, RuleNumber: ALLOW_ALL_IPV6, Ipv6CidrBlock: '::/0', RuleAction: 'allow' as const }] : []),
    { Egress, RuleNumber: LAST, CidrBlock: '0.0.0.0/0', RuleAction: 'deny' as const },
    ...(ipv6 ? [{ Egress, RuleNumber: LAST_IPV6, Ipv6CidrBlock: '::/0', RuleAction: 'deny' as const }] : []),
  ]);
  return {
    NetworkAclId: networkAclId,
    VpcId: vpcId,
    OwnerId: ec2.host.account,
    IsDefault: true,
    Associations: subnetIdsOf(region, acl).map((SubnetId) => ({
      NetworkAclAssociationId: associationIdOf(SubnetId),
      NetworkAclId: networkAclId,
      SubnetId,
    })),
    Entries: rules.map((rule) => ({ ...rule, Protocol: '-1' })),
    Tags: region.tags.shown(networkAclId),
  };
}

/** A subnet is associated from its beginning to its end, so its own digits will do. */
export const associationIdOf = (subnetId: string): string => subnetId.replace(/^subnet-/, 'aclassoc-');
