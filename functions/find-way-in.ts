import type { EC2Client } from '@aws-sdk/client-ec2';
import { countRules, letsIn } from '../aws/load-balancers/security-group-rules.ts';
import { readSecurityGroup } from '../aws/load-balancers/security-groups.ts';
import type { Instance } from '../domain/servers/instance.ts';

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
  const groups = await Promise.all(instance.securityGroupIds.map((id) => readSecurityGroup(ec2, id)));
  const open = groups.find(
    (group) => group && from !== undefined && letsIn(group.permissions, { port, groupId: from }),
  );
  const group = open ?? groups[0];
  return {
    groupId: open?.id ?? instance.securityGroupIds[0],
    open: open !== undefined,
    rules: countRules(group?.permissions ?? []),
  };
}
