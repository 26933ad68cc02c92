import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { tagRecord } from '../tags.ts';

/** A network interface in a security group. */
export interface GroupInterface {
  id: string;
  /** "ELB app/np-0123456789ab/50dc6c495c0c9188" for a load balancer's. */
  description: string;
}

/** A rule of another security group that names this one. EC2 deletes no group that one refers to. */
export interface ReferringRule {
  id: string;
  groupId: string;
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

/** The rules of other security groups that refer to this one, those for traffic in and out. */
export async function listReferringRules(ec2: EC2Client, groupId: string): Promise<ReferringRule[]> {
  const answers = await Promise.all(
    REFERRING.map((Name) => ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values: [groupId] }] }))),
  );
  const others = answers.flatMap(({ SecurityGroups = [] }) => SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []));
  const ids = [...new Set(others)].filter((id) => id !== groupId);
  return ids.length === 0 ? [] : rulesThatName(ec2, groupId, ids);
}

async function rulesThatName(ec2: EC2Client, named: string, Values: string[]): Promise<ReferringRule[]> {
  const found: ReferringRule[] = [];
  let NextToken: string | undefined;
  do {
    const Filters = [{ Name: 'group-id', Values }];
    const page = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters, ...(NextToken && { NextToken }) }));
    for (const rule of page.SecurityGroupRules ?? []) {
      const { SecurityGroupRuleId: id = '', GroupId: groupId = '', ReferencedGroupInfo, Tags } = rule;
      if (ReferencedGroupInfo?.GroupId === named) found.push({ id, groupId, tags: tagRecord(Tags) });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
