import {
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { IngressRule } from '../../domain/load-balancers/access-rules.ts';
import { tagFilters } from '../tags.ts';

/** A rule of a security group, by its own id. */
export interface TaggedRule extends IngressRule {
  id: string;
}

/** The rules that let something in and bear all of these tags, whichever groups they are in. */
export async function listTaggedRules(ec2: EC2Client, tags: Record<string, string>): Promise<TaggedRule[]> {
  const found: TaggedRule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: tagFilters(tags), ...(NextToken && { NextToken }) }),
    );
    found.push(...(page.SecurityGroupRules ?? []).filter(({ IsEgress }) => !IsEgress).map(taggedRule));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

function taggedRule({
  SecurityGroupRuleId: id = '',
  GroupId: groupId = '',
  FromPort: port = 0,
  ReferencedGroupInfo,
}: SecurityGroupRule): TaggedRule {
  return { id, groupId, port, from: ReferencedGroupInfo?.GroupId ?? '' };
}

/** Takes a rule back; one that isn't there is taken back already. */
export async function revokeRule(ec2: EC2Client, { id, groupId }: Pick<TaggedRule, 'id' | 'groupId'>): Promise<void> {
  try {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, SecurityGroupRuleIds: [id] }));
  } catch (error) {
    if (!(error instanceof Error && GONE.has(error.name))) throw error;
  }
}

const GONE = new Set(['InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound', 'InvalidGroup.NotFound']);
