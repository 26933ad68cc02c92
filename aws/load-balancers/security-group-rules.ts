import {
  AuthorizeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { type AccessRule, ruleChanges } from '../../domain/load-balancers/access-rules.ts';
import { tagList } from '../tags.ts';
import { readSecurityGroups } from './security-groups.ts';

/** The blocks of TCP rules for one port with that description; without one, of all: EC2 compares rules without it. */
export function accessRulesIn(permissions: readonly IpPermission[], description?: string): AccessRule[] {
  const isAsked = (range: { Description?: string | undefined }) =>
    description === undefined || range.Description === description;
  return permissions
    .filter(({ IpProtocol, FromPort, ToPort }) => IpProtocol === 'tcp' && FromPort !== undefined && FromPort === ToPort)
    .flatMap(({ FromPort: port = 0, IpRanges = [], Ipv6Ranges = [] }) => [
      ...IpRanges.filter(isAsked).map(({ CidrIp = '' }) => ({ port, cidr: CidrIp })),
      ...Ipv6Ranges.filter(isAsked).map(({ CidrIpv6 = '' }) => ({ port, cidr: CidrIpv6 })),
    ]);
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

/** How many rules the quota for IPv4 counts: each block, prefix list and group is one. */
export function countRules(permissions: readonly IpPermission[]): number {
  return permissions.reduce(
    (sum, { IpRanges = [], PrefixListIds = [], UserIdGroupPairs = [] }) =>
      sum + IpRanges.length + PrefixListIds.length + UserIdGroupPairs.length,
    0,
  );
}

/**
 * Lets blocks reach ports. EC2 refuses a whole call for one rule that exists already, ours or not: what is missing then
 * is sent rule by rule.
 */
export async function allowBlocks(
  ec2: EC2Client,
  { groupId, rules, description, tags }: BlockRules & { tags: Record<string, string> },
): Promise<void> {
  const allow = (wanted: readonly AccessRule[]) =>
    authorize(ec2, { groupId, permissions: permissionsFor(wanted, description), tags });
  if (await allow(rules)) return;
  const [group] = await readSecurityGroups(ec2, [groupId]);
  for (const rule of ruleChanges(accessRulesIn(group?.permissions ?? []), rules).add) await allow([rule]);
}

/** Takes that back. EC2 refuses a whole call for one rule that does not exist: the rules are then sent one by one. */
export async function revokeBlocks(ec2: EC2Client, { groupId, rules, description }: BlockRules): Promise<void> {
  const revoke = (unwanted: readonly AccessRule[]) =>
    revoked(ec2, { groupId, permissions: permissionsFor(unwanted, description) });
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

function permissionsFor(rules: readonly AccessRule[], Description: string): IpPermission[] {
  return [...new Set(rules.map(({ port }) => port))].map((port) => {
    const blocks = rules.filter((rule) => rule.port === port).map(({ cidr }) => cidr);
    const v4 = blocks.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp, Description }));
    const v6 = blocks.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6, Description }));
    return {
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      ...(v4.length > 0 && { IpRanges: v4 }),
      ...(v6.length > 0 && { Ipv6Ranges: v6 }),
    };
  });
}
