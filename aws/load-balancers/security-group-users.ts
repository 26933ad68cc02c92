import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { tagRecord } from '../tags.ts';

/** A network interface in a security group. */
export interface GroupInterface {
  id: string;
  /** "ELB app/np-0123456789ab/50dc6c495c0c9188" for a load balancer's. */
  description: string;
}

/** A rule of a security group, by its own id. */
export interface GroupRule {
  id: string;
  groupId: string;
  description: string;
  tags: Record<string, string>;
}

/** The network interfaces in a security group, all pages. */
export async function listInterfacesIn(ec2: EC2Client, groupId: string): Promise<GroupInterface[]> {
  const found: GroupInterface[] = [];
  let NextToken: string | undefined;
  do {
    const Filters = [{ Name: 'group-id', Values: [groupId] }];
    const page = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters, ...(NextToken && { NextToken }) }));
    for (const { NetworkInterfaceId: id = '', Description: description = '' } of page.NetworkInterfaces ?? [])
      found.push({ id, description });
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** Source: DescribeSecurityGroups, Filters, checked 2026-11-29. Filters narrow each other, so each is a call of its own. */
const REFERRING = ['ip-permission.group-id', 'egress.ip-permission.group-id'];

/** How many values the filters of a call may have. Source: EC2 User Guide, "List and filter your resources"; checked 2026-12-01. */
const MOST_VALUES = 200;

/** The rules of other security groups that refer to this one, those for traffic in and out: EC2 deletes no such group. */
export async function listReferringRules(ec2: EC2Client, groupId: string): Promise<GroupRule[]> {
  const answers = await Promise.all(
    REFERRING.map((Name) => ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values: [groupId] }] }))),
  );
  const others = answers.flatMap(({ SecurityGroups = [] }) => SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []));
  const ids = [...new Set(others)].filter((id) => id !== groupId);
  const rules: SecurityGroupRule[] = [];
  for (let from = 0; from < ids.length; from += MOST_VALUES) {
    rules.push(...(await listRules(ec2, ids.slice(from, from + MOST_VALUES))));
  }
  return rules.filter(({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId === groupId).map(groupRule);
}

/** The rules in a security group, but for those for all traffic out that EC2 makes with every group: deleted with it. */
export async function listRulesIn(ec2: EC2Client, groupId: string): Promise<GroupRule[]> {
  return (await listRules(ec2, [groupId])).filter((rule) => !isAllOutbound(rule)).map(groupRule);
}

/** Source: EC2 User Guide, "Default security groups for your VPCs", rules of groups that you create; checked 2026-11-29. */
function isAllOutbound({ IsEgress, IpProtocol, CidrIpv4, CidrIpv6 }: SecurityGroupRule): boolean {
  return IsEgress === true && IpProtocol === '-1' && (CidrIpv4 === '0.0.0.0/0' || CidrIpv6 === '::/0');
}

function groupRule({ SecurityGroupRuleId, GroupId, Description, Tags }: SecurityGroupRule): GroupRule {
  return {
    id: SecurityGroupRuleId ?? '',
    groupId: GroupId ?? '',
    description: Description ?? '',
    tags: tagRecord(Tags),
  };
}

async function listRules(ec2: EC2Client, Values: string[]): Promise<SecurityGroupRule[]> {
  const found: SecurityGroupRule[] = [];
  let NextToken: string | undefined;
  do {
    const Filters = [{ Name: 'group-id', Values }];
    const page = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters, ...(NextToken && { NextToken }) }));
    found.push(...(page.SecurityGroupRules ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
