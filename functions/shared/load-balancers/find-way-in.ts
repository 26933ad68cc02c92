import type { EC2Client } from '@aws-sdk/client-ec2';
import { countRules, letsIn } from '../../../aws/load-balancers/security-group-rules.ts';
import { readSecurityGroups } from '../../../aws/load-balancers/security-groups.ts';
import type { Instance } from '../../../domain/servers/instance.ts';

/** The group of the instance that lets another group in to a port, or the first one, where the rule for it belongs. */
export interface WayIn {
  /** Undefined for an instance without a group. */
  groupId: string | undefined;
  open: boolean;
  /** Rules that stand in it, as far as they are for IPv4 or another group. */
  rules: number;
}

/** Looks through the instance's groups for a rule that lets the load balancer's group in, once there is one. */
export async function findWayIn(
  ec2: EC2Client,
  { instance, port, from }: { instance: Instance; port: number; from: string | undefined },
): Promise<WayIn> {
  const groups = await readSecurityGroups(ec2, instance.securityGroupIds);
  const open = groups.find(({ permissions }) => from !== undefined && letsIn(permissions, { port, groupId: from }));
  const groupId = open?.id ?? instance.securityGroupIds[0];
  const group = groups.find(({ id }) => id === groupId);
  return { groupId, open: open !== undefined, rules: countRules(group?.permissions ?? []) };
}
