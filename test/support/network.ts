import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';

/** A network ACL of these subnets that lets everything pass, as EC2 tells it. */
export function anOpenAcl(...subnetIds: string[]): NetworkAcl {
  const everything = { CidrBlock: '0.0.0.0/0', Protocol: '-1' };
  return {
    NetworkAclId: 'acl-1',
    Associations: subnetIds.map((SubnetId) => ({ SubnetId })),
    Entries: [true, false].flatMap((Egress): NetworkAclEntry[] => [
      { ...everything, Egress, RuleNumber: 100, RuleAction: 'allow' },
      { ...everything, Egress, RuleNumber: 32_767, RuleAction: 'deny' },
    ]),
  };
}
