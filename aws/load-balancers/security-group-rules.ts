import {
  AuthorizeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { type AccessRule, ruleChanges } from '../../domain/load-balancers/access-rules.ts';
import { tagList } from '../tags.ts';
import type { PrefixList } from './prefix-lists.ts';
import { readSecurityGroups } from './security-groups.ts';

/** Which rules are asked for; and the prefix lists that are known by name, others by their id. */
interface Asked {
  description?: string;
  lists?: readonly PrefixList[];
}

/** The sources of TCP rules for one port with that description; without one, of all: EC2 compares rules without it. */
export function accessRulesIn(
  permissions: readonly IpPermission[],
  { description, lists = [] }: Asked = {},
): AccessRule[] {
  const isAsked = (range: { Description?: string | undefined }) =>
    description === undefined || range.Description === description;
  const nameOf = (id: string) => lists.find((list) => list.id === id)?.name ?? id;
  return permissions
    .filter(({ IpProtocol, FromPort, ToPort }) => IpProtocol === 'tcp' && FromPort !== undefined && FromPort === ToPort)
    .flatMap(({ FromPort: port = 0, IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] }) => [
      ...IpRanges.filter(isAsked).map(({ CidrIp = '' }) => ({ port, cidr: CidrIp })),
      ...Ipv6Ranges.filter(isAsked).map(({ CidrIpv6 = '' }) => ({ port, cidr: CidrIpv6 })),
      ...PrefixListIds.filter(isAsked).map(({ PrefixListId = '' }) => ({ port, prefixList: nameOf(PrefixListId) })),
    ]);
}

/** The prefix lists that rules refer to. */
export function listIdsIn(permissions: readonly IpPermission[]): string[] {
  return [
    ...new Set(permissions.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map((each) => each.PrefixListId ?? ''))),
  ];
}

/** Whether the rules let a security group reach a port. */
export function letsIn(
  permissions: readonly IpPermission[],
  { port, groupId }: { port: number; groupId: string },
): boolean {
  return permissions.some(
    ({ IpProtocol, FromPort = 0, ToPort = 0, UserIdGroupPairs = [] }) =>
      (IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort)) &&
      UserIdGroupPairs.some(({ GroupId }) => GroupId === groupId),
  );
}

/** Whether the rules let everyone who has an IPv4 address reach a port. */
export function letsEveryoneIn(permissions: readonly IpPermission[], port: number): boolean {
  return permissions.some(
    (each) => isOf(each, port) && (each.IpRanges ?? []).some(({ CidrIp }) => CidrIp === '0.0.0.0/0'),
  );
}

/** Whether they let the addresses of a prefix list reach it. */
export function letsListIn(
  permissions: readonly IpPermission[],
  { port, listId }: { port: number; listId: string },
): boolean {
  return permissions.some(
    (each) => isOf(each, port) && (each.PrefixListIds ?? []).some(({ PrefixListId }) => PrefixListId === listId),
  );
}

const isOf = ({ IpProtocol, FromPort = 0, ToPort = 0 }: IpPermission, port: number): boolean =>
  IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);

/** How many rules the quotas for IPv4 and for IPv6 count: each block and group is one, a prefix list as many as it weighs. */
export function countRules(
  permissions: readonly IpPermission[],
  lists: readonly PrefixList[] = [],
): { ipv4: number; ipv6: number } {
  const weightOf = (id: string | undefined) => lists.find((list) => list.id === id)?.weight ?? 1;
  const count = { ipv4: 0, ipv6: 0 };
  for (const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } of permissions) {
    const both = PrefixListIds.reduce((sum, { PrefixListId }) => sum + weightOf(PrefixListId), UserIdGroupPairs.length);
    count.ipv4 += IpRanges.length + both;
    count.ipv6 += Ipv6Ranges.length + both;
  }
  return count;
}

/**
 * Lets blocks reach ports. EC2 refuses a whole call for one rule that exists already, ours or not: what is missing then
 * is sent rule by rule.
 */
export async function allowBlocks(
  ec2: EC2Client,
  { groupId, rules, tags, ...rest }: BlockRules & { tags: Record<string, string> },
): Promise<void> {
  const allow = (wanted: readonly AccessRule[]) =>
    authorize(ec2, { groupId, permissions: permissionsFor(wanted, rest), tags });
  if (await allow(rules)) return;
  const [group] = await readSecurityGroups(ec2, [groupId]);
  const standing = accessRulesIn(group?.permissions ?? [], { lists: rest.lists });
  for (const rule of ruleChanges(standing, rules).add) await allow([rule]);
}

/** Takes that back. EC2 refuses a whole call for one rule that does not exist: the rules are then sent one by one. */
export async function revokeBlocks(ec2: EC2Client, { groupId, rules, ...rest }: BlockRules): Promise<void> {
  const revoke = (unwanted: readonly AccessRule[]) =>
    revoked(ec2, { groupId, permissions: permissionsFor(unwanted, rest) });
  if (await revoke(rules)) return;
  for (const rule of rules) await revoke([rule]);
}

/** Lets everything in one security group reach a port of what is in another. */
export async function allowGroup(
  ec2: EC2Client,
  rule: { groupId: string; from: string; port: number; description: string; tags: Record<string, string> },
): Promise<void> {
  const permission = {
    IpProtocol: 'tcp',
    FromPort: rule.port,
    ToPort: rule.port,
    UserIdGroupPairs: [{ GroupId: rule.from, Description: rule.description }],
  };
  await authorize(ec2, { groupId: rule.groupId, permissions: [permission], tags: rule.tags });
}

interface BlockRules {
  groupId: string;
  rules: readonly AccessRule[];
  description: string;
  /** The prefix lists that rules may name. */
  lists: readonly PrefixList[];
}

/** False when one of the rules exists already, and none is made (failures L11). */
async function authorize(
  ec2: EC2Client,
  { groupId, permissions, tags }: { groupId: string; permissions: IpPermission[]; tags: Record<string, string> },
): Promise<boolean> {
  try {
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: groupId,
        IpPermissions: permissions,
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: tagList(tags) }],
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidPermission.Duplicate')) throw error;
    return false;
  }
}

/** False when one of the rules does not exist, and all are left. Source: RevokeSecurityGroupIngress, checked 2026-11-29. */
async function revoked(
  ec2: EC2Client,
  { groupId, permissions }: { groupId: string; permissions: IpPermission[] },
): Promise<boolean> {
  try {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: permissions }));
    return true;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidPermission.NotFound')) throw error;
    return false;
  }
}

function permissionsFor(
  rules: readonly AccessRule[],
  { description: Description, lists }: Pick<BlockRules, 'description' | 'lists'>,
): IpPermission[] {
  return [...new Set(rules.map(({ port }) => port))].map((port) => {
    const own = rules.filter((rule) => rule.port === port);
    const blocks = own.flatMap((rule) => ('cidr' in rule ? [rule.cidr] : []));
    const listed = own
      .flatMap((rule) => ('prefixList' in rule ? [rule.prefixList] : []))
      .map((name) => ({ PrefixListId: lists.find((list) => list.name === name)?.id ?? name, Description }));
    const v4 = blocks.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp, Description }));
    const v6 = blocks.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6, Description }));
    return {
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      ...(v4.length > 0 && { IpRanges: v4 }),
      ...(v6.length > 0 && { Ipv6Ranges: v6 }),
      ...(listed.length > 0 && { PrefixListIds: listed }),
    };
  });
}
