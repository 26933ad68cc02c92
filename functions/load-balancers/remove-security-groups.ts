import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { deleteSecurityGroup, listTaggedGroups, untagSecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { listTaggedRules, revokeRule } from '../../aws/load-balancers/tagged-rules.ts';
import { Failure } from '../../domain/errors.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { beforeOf, madeOf } from '../made-of.ts';
import { step } from '../step.ts';

/** Takes our rules out of security groups that aren't ours or were adopted, then deletes ours. Other rules stay. */
export const handler = step('RemoveSecurityGroups', async ({ site, record, environment }) => {
  const ec2 = client(EC2Client);
  const tags = ownerTags({ domain: site.domain, stack: environment.stackName });
  const [groups, rules] = await Promise.all([listTaggedGroups(ec2, tags), listTaggedRules(ec2, tags)]);
  // Those in our own group go with it.
  const made = groups.filter(({ id }) => !beforeOf(record, 'security group', id));
  const inOthers = rules.filter(({ groupId }) => !made.some(({ id }) => id === groupId));
  for (const rule of inOthers) await revokeRule(ec2, rule);
  for (const { id } of made) await remove(ec2, id);
  for (const { id } of groups) if (!made.some((each) => each.id === id)) await untagSecurityGroup(ec2, { id, tags });
  const removed = [...inOthers, ...made].map(({ id }) => id);
  return {
    gone: [...madeOf(record, 'security group rule'), ...madeOf(record, 'security group')],
    output: {},
    message: removed.length > 0 ? `Removed ${removed.join(', ')}` : 'No security group or rule of ours stands',
  };
});

async function remove(ec2: EC2Client, id: string): Promise<void> {
  try {
    await deleteSecurityGroup(ec2, id);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DependencyViolation')) throw error;
    // The load balancer's network interfaces outlive it by minutes (failures L12).
    const message = `Waiting until nothing is in the security group "${id}" any more, and no other group refers to it`;
    throw new Failure('NotReady', message, { cause: error });
  }
}
