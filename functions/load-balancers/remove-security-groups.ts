import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { revokeBlocks } from '../../aws/load-balancers/security-group-rules.ts';
import { deleteSecurityGroup, untagSecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { revokeRule } from '../../aws/load-balancers/tagged-rules.ts';
import { Failure } from '../../domain/errors.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import { leftOf } from '../../domain/ledger/left-by.ts';
import { beforeOf, goneOf } from '../../domain/ledger/made-of.ts';
import { ACCESS_RULE, wayInName } from '../../domain/load-balancers/access-rules.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { leavingGroups } from '../shared/load-balancers/leaving-security-groups.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Shuts out who may no longer come. Takes our rules out of the security groups of instances that the load balancer no longer goes to, and of one that was
 * adopted, then deletes its own when it goes. Other rules stay.
 */
export const handler = step('RemoveSecurityGroups', async ({ site, record, environment }) => {
  const ec2 = client(EC2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  const standing = {
    loadBalancers: leftOf(record, 'RemoveLoadBalancer'),
    targetGroups: leftOf(record, 'RemoveTargetGroups'),
  };
  const { rules, groups, blocks, stay, left } = await leavingGroups(ec2, { record, owner, kept, standing });
  const made = groups.filter(({ id }) => !beforeOf(record, 'security group', id));
  const adopted = groups.filter(({ id }) => beforeOf(record, 'security group', id));
  if (kept.group && blocks.length > 0) {
    await revokeBlocks(ec2, { groupId: kept.group.id, rules: blocks, description: ACCESS_RULE });
  }
  for (const rule of rules) await revokeRule(ec2, rule);
  for (const { id } of made) await remove(ec2, id);
  for (const { id } of adopted) await untagSecurityGroup(ec2, { id, tags: ownerTags(owner) });
  const shut = blocks.map(({ port, cidr }) => `port ${port} for ${cidr}`);
  const removed = [...shut, ...[...rules, ...made].map(({ id }) => id)];
  return {
    gone: [
      ...goneOf(record, 'security group rule', stay.map(wayInName)),
      ...goneOf(record, 'security group', [kept.group?.id, ...left.map(({ id }) => id)]),
    ],
    output: { left },
    message: removed.length > 0 ? `Removed ${removed.join(', ')}` : 'No security group or rule of ours is to go',
  };
});

async function remove(ec2: EC2Client, id: string): Promise<void> {
  try {
    await deleteSecurityGroup(ec2, id);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DependencyViolation')) throw error;
    // The load balancer's network interfaces outlive it by minutes (failures L12).
    const message = `Waiting until the network interfaces of the load balancer have left the security group "${id}"`;
    throw new Failure('NotReady', message, { cause: error });
  }
}
