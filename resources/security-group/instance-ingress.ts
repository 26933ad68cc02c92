import type { EC2Client } from '@aws-sdk/client-ec2';
import { readPrefixLists } from '../../aws/load-balancers/prefix-lists.ts';
import { countRules, letsIn, listIdsIn } from '../../aws/load-balancers/security-group-rules.ts';
import { readSecurityGroups } from '../../aws/load-balancers/security-groups.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import type { Instance } from '../../domain/servers/instance.ts';

/** The security group of the instance that allows ingress from another group, or its first one, which gets the rule for it. */
export interface InstanceIngress {
  /** Undefined for an instance without a group. */
  groupId: string | undefined;
  open: boolean;
  /** Rules in it that the quota counts. */
  rules: number;
}

/** Reads the instance's groups for a rule that allows ingress from the load balancer's group, once there is one. */
export async function readInstanceIngress(
  ec2: EC2Client,
  { instance, port, from }: { instance: Instance; port: number; from: string | undefined },
): Promise<InstanceIngress> {
  // Of one that is yet to be created no group is there.
  const groups = await readSecurityGroups(
    ec2,
    instance.securityGroupIds.filter((id) => !isStandIn(id)),
  );
  const open = groups.find(({ permissions }) => from !== undefined && letsIn(permissions, { port, groupId: from }));
  const groupId = open?.id ?? instance.securityGroupIds[0];
  const { permissions = [] } = groups.find(({ id }) => id === groupId) ?? {};
  const { ipv4, ipv6 } = countRules(permissions, await readPrefixLists(ec2, listIdsIn(permissions)));
  return { groupId, open: open !== undefined, rules: Math.max(ipv4, ipv6) };
}
