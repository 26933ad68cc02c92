import type { SecurityGroup as ShownGroup } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';
import { type Rule, shownPermissions } from './rule.ts';

export interface SecurityGroup {
  groupId: string;
  name: string;
  description: string;
  vpcId: string;
  /** By rule key: see `ruleKey`. */
  rules: Map<string, Rule>;
}

/** Every VPC has one of that name; it can't be deleted. */
export const DEFAULT_GROUP = 'default';

/** "arn:aws:ec2:us-east-1:123456789012:security-group/sg-0f2c…" */
export const groupArn = (ec2: Ec2, region: Region, groupId: string): string =>
  `arn:aws:ec2:${region.name}:${ec2.host.account}:security-group/${groupId}`;

/** The group that came with the VPC. */
export const defaultGroupOf = (region: Region, vpcId: string): SecurityGroup | undefined =>
  [...region.groups.values()].find((group) => group.vpcId === vpcId && group.name === DEFAULT_GROUP);

/** As DescribeSecurityGroups shows it. */
export function shownGroup(ec2: Ec2, region: Region, group: SecurityGroup): ShownGroup {
  const rules = [...group.rules.values()];
  return {
    GroupId: group.groupId,
    GroupName: group.name,
    Description: group.description,
    OwnerId: ec2.host.account,
    VpcId: group.vpcId,
    SecurityGroupArn: groupArn(ec2, region, group.groupId),
    IpPermissions: shownPermissions(
      rules.filter(({ egress }) => !egress),
      ec2.host.account,
    ),
    IpPermissionsEgress: shownPermissions(
      rules.filter(({ egress }) => egress),
      ec2.host.account,
    ),
    Tags: region.tags.shown(group.groupId),
  };
}
