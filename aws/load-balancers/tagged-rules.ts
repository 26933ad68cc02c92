import {
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { tagFilters } from '../tags.ts';

/** A rule of a security group, by its own id. */
export interface TaggedRule {
  id: string;
  groupId: string;
}

/** The rules that let something in and bear all of these tags, whichever groups they are in. */
export async function listTaggedRules(ec2: EC2Client, tags: Record<string, string>): Promise<TaggedRule[]> {
  const found: TaggedRule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: tagFilters(tags), ...(NextToken && { NextToken }) }),
    );
    for (const { SecurityGroupRuleId: id = '', GroupId: groupId = '', IsEgress } of page.SecurityGroupRules ?? []) {
      if (!IsEgress) found.push({ id, groupId });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** Takes a rule back; one that isn't there is taken back already. */
export async function revokeRule(ec2: EC2Client, { id, groupId }: TaggedRule): Promise<void> {
  try {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, SecurityGroupRuleIds: [id] }));
  } catch (error) {
    if (!(error instanceof Error && GONE.has(error.name))) throw error;
  }
}

const GONE = new Set(['InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound', 'InvalidGroup.NotFound']);
