import type { EC2Client } from '@aws-sdk/client-ec2';
import { accessRulesIn } from '../../../aws/load-balancers/security-group-rules.ts';
import { listTaggedGroups, type SecurityGroup } from '../../../aws/load-balancers/security-groups.ts';
import { listTaggedRules, type TaggedRule } from '../../../aws/load-balancers/tagged-rules.ts';
import { ACCESS_RULE, type AccessRule, accessRules, ruleChanges } from '../../../domain/load-balancers/access-rules.ts';
import { ownerTags } from '../../../domain/ownership.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { beforeOf } from '../ledger/made-of.ts';

export interface LeavingGroups {
  /** Rules of ours in groups that aren't. */
  rules: TaggedRule[];
  groups: SecurityGroup[];
  /** What the group that is kept lets in of what is no longer declared. */
  blocks: AccessRule[];
  /** The rules that stay. */
  stay: TaggedRule[];
}

/**
 * The security groups of ours that are not kept, what the one that is kept lets in and shall no longer, and our rules in
 * others that let the load balancer in where it no longer goes.
 */
export async function leavingGroups(ec2: EC2Client, { record, owner, kept }: Leaving): Promise<LeavingGroups> {
  const tags = ownerTags(owner);
  const [groups, rules] = await Promise.all([listTaggedGroups(ec2, tags), listTaggedRules(ec2, tags)]);
  const goesWhole = (groupId: string) =>
    groups.some(({ id }) => id === groupId) && !beforeOf(record, 'security group', groupId);
  // Those in our own group go with it, or are kept in line with the site's access.
  const inOthers = rules.filter(({ groupId }) => groupId !== kept.group?.id && !goesWhole(groupId));
  const stays = ({ groupId, port }: TaggedRule) => groupId === kept.group?.wayIn && port === kept.target?.port;
  const keptGroup = groups.find(({ id }) => id === kept.group?.id);
  const standing = keptGroup && accessRulesIn(keptGroup.permissions, ACCESS_RULE);
  return {
    rules: inOthers.filter((rule) => !stays(rule)),
    groups: groups.filter(({ id }) => id !== kept.group?.id),
    blocks: standing ? ruleChanges(standing, accessRules(record.item.site)).remove : [],
    stay: inOthers.filter(stays),
  };
}
