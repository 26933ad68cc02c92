import type { EC2Client } from '@aws-sdk/client-ec2';
import { accessRulesIn } from '../../../aws/load-balancers/security-group-rules.ts';
import {
  type GroupInterface,
  listInterfacesIn,
  listReferringRules,
  listRulesIn,
} from '../../../aws/load-balancers/security-group-users.ts';
import { listTaggedGroups, type SecurityGroup } from '../../../aws/load-balancers/security-groups.ts';
import { listTaggedRules, type TaggedRule } from '../../../aws/load-balancers/tagged-rules.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { beforeOf } from '../../../domain/ledger/made-of.ts';
import { ACCESS_RULE, type AccessRule, accessRules, ruleChanges } from '../../../domain/load-balancers/access-rules.ts';
import { isOwnedBy, type Owner, ownerTags, resourceName } from '../../../domain/ownership.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';

export interface LeavingGroups {
  /** Rules of ours in groups that aren't. */
  rules: TaggedRule[];
  groups: SecurityGroup[];
  /** What the group that is kept lets in of what is no longer declared. */
  blocks: AccessRule[];
  /** The rules that stay. */
  stay: TaggedRule[];
  /** The groups of ours that something is in, that others' rules name, or that hold rules of others. */
  left: Obstacle[];
}

/** The ARNs of the load balancers and target groups that are left: traffic still passes between them. */
export interface StandingEdge {
  loadBalancers: readonly string[];
  targetGroups: readonly string[];
}

/**
 * The security groups of ours that are not kept, what the one that is kept lets in and shall no longer, and our rules in
 * others that let the load balancer in where it no longer goes.
 */
export async function leavingGroups(
  ec2: EC2Client,
  { record, owner, kept, standing }: Leaving & { standing: StandingEdge },
): Promise<LeavingGroups> {
  const tags = ownerTags(owner);
  const [tagged, rules] = await Promise.all([listTaggedGroups(ec2, tags), listTaggedRules(ec2, tags)]);
  const isMade = (groupId: string) =>
    tagged.some(({ id }) => id === groupId) && !beforeOf(record, 'security group', groupId);
  // Those in our own group go with it, or are kept in line with the site's access.
  const inOthers = rules.filter(({ groupId }) => groupId !== kept.group?.id && !isMade(groupId));
  const isServing = standing.loadBalancers.length > 0 && standing.targetGroups.length > 0;
  const stays = ({ groupId, port }: TaggedRule) =>
    isServing || (groupId === kept.group?.wayIn && port === kept.target?.port);
  const keptGroup = tagged.find(({ id }) => id === kept.group?.id);
  const allowed = keptGroup && accessRulesIn(keptGroup.permissions, ACCESS_RULE);
  const groups = tagged.filter(({ id }) => id !== kept.group?.id);
  const left: Obstacle[] = [];
  for (const { id } of groups.filter((group) => isMade(group.id))) {
    const why = await whyGroupStays(ec2, id, { owner, standing });
    if (why !== undefined) left.push({ type: 'security group', id, why });
  }
  return {
    rules: inOthers.filter((rule) => !stays(rule)),
    groups: groups.filter(({ id }) => !left.some((obstacle) => obstacle.id === id)),
    blocks: allowed ? ruleChanges(allowed, accessRules(record.item.site)).remove : [],
    stay: inOthers.filter(stays),
    left,
  };
}

/** What is in the group, or names it, and stays; and what others wrote into it, which EC2 would delete along with it. */
async function whyGroupStays(
  ec2: EC2Client,
  groupId: string,
  { owner, standing }: { owner: Owner; standing: StandingEdge },
): Promise<string | undefined> {
  const [interfaces, rules, inside] = await Promise.all([
    listInterfacesIn(ec2, groupId),
    listReferringRules(ec2, groupId),
    listRulesIn(ec2, groupId),
  ]);
  const inIt = interfaces.filter((each) => !isLeavingWith(each, { domain: owner.domain, standing }));
  const own = new Set(inIt.flatMap((each) => ownLoadBalancer(each, owner.domain) ?? []));
  const others = inIt.filter((each) => ownLoadBalancer(each, owner.domain) === undefined);
  // Ours go before the group does, although EC2 may show them for a while.
  const naming = rules.filter(({ tags }) => !isOwnedBy(owner, tags));
  const users = [
    ...others.map(({ id, description }) => `the network interface ${id}${description && ` (${description})`} is in it`),
    ...naming.map((rule) => `the rule ${rule.id} of the security group ${rule.groupId} names it`),
  ];
  const foreign = inside
    .filter(({ tags, description }) => !isOwnedBy(owner, tags) && description !== ACCESS_RULE)
    .map(({ id, description }) => `the rule ${id}${description && ` (${description})`}`);
  const fixes = [
    ...[...own].map((path) => `the load balancer ${path}, which stays, is in it. Remove what that one stays for`),
    ...(users.length === 0 ? [] : [`${users.join(', and ')}. Take it out there`]),
    ...(foreign.length === 0 ? [] : [`${foreign.join(', and ')} of others would be deleted with it. Delete it`]),
  ];
  return fixes.length === 0 ? undefined : `${fixes.join('; ')}, ${THEN_AGAIN}`;
}

/** Whether an interface is our load balancer's, which takes it along minutes later (failures L12). */
function isLeavingWith(
  each: GroupInterface,
  { domain, standing }: { domain: string; standing: StandingEdge },
): boolean {
  const path = ownLoadBalancer(each, domain);
  return path !== undefined && !standing.loadBalancers.some((arn) => arn.endsWith(`:loadbalancer/${path}`));
}

/** "app/np-7df97d9903c5/9221b26e1fcdf8d7" when the interface is of the site's own load balancer. */
function ownLoadBalancer({ description }: GroupInterface, domain: string): string | undefined {
  const [, path] = /^ELB (app\/.+)$/.exec(description) ?? [];
  return path?.startsWith(`app/${resourceName(domain)}/`) ? path : undefined;
}
