import { DescribeNetworkAclsCommand, type EC2Client, type NetworkAclEntry } from '@aws-sdk/client-ec2';
import type { AclRule, NetworkAcl } from '../../domain/load-balancers/network-acl.ts';

/** The network ACLs of a VPC, all pages, with their rules for IPv4: targets are reached over nothing else. */
export async function describeNetworkAcls(ec2: EC2Client, vpcId: string): Promise<NetworkAcl[]> {
  const found: NetworkAcl[] = [];
  let NextToken: string | undefined;
  do {
    const filter = { Name: 'vpc-id', Values: [vpcId] };
    const page = await ec2.send(new DescribeNetworkAclsCommand({ Filters: [filter], ...(NextToken && { NextToken }) }));
    for (const { NetworkAclId: id = '', Associations = [], Entries = [] } of page.NetworkAcls ?? []) {
      found.push({
        id,
        subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
        rules: Entries.flatMap(aclRule),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

function aclRule({
  RuleNumber: number = 0,
  Egress: egress = false,
  RuleAction,
  Protocol: protocol = '-1',
  CidrBlock: cidr,
  PortRange,
}: NetworkAclEntry): AclRule[] {
  if (cidr === undefined) return [];
  const ports = PortRange && { from: PortRange.From ?? 0, to: PortRange.To ?? 65_535 };
  return [{ number, egress, allow: RuleAction === 'allow', protocol, cidr, ...(ports && { ports }) }];
}
