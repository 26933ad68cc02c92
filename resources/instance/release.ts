import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { revokeBlocks } from '../../aws/load-balancers/security-group-rules.ts';
import { deleteSecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { listTaggedRules } from '../../aws/load-balancers/tagged-rules.ts';
import { terminateInstance, untagResources } from '../../aws/servers/change-instance-state.ts';
import { Failure } from '../../domain/errors.ts';
import { ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type DesiredInstance, GROUP_TYPE, isEnding, type SeenInstances, TYPE } from './changes.ts';
import { INSTANCE_RULE, instance } from './instance.ts';
import { standingInstances } from './standing.ts';

/** Terminates the instance, deletes its group after it, and closes the ports that are no longer declared. */
export const removeInstance: Applying<DesiredInstance, SeenInstances> = {
  standing: standingInstances,

  async unmark({ resource: { type, id = '' } }, { own }, { scope }) {
    const ec2 = client(EC2Client);
    const tags = ownerTags(scope.owner);
    const along = type === TYPE ? partsOf(id, own) : await rulesIn(ec2, id, tags);
    await untagResources(ec2, { ids: [id, ...along], tags });
  },

  async apply({ resource: { type, id = '' } }, actual, doing) {
    if (type === TYPE) return terminate(id, actual);
    return type === GROUP_TYPE ? deleteGroup(id, actual) : closePorts(actual, doing);
  },
};

/** What bears the tags of the instance beside it. */
function partsOf(id: string, own: SeenInstances['own']): string[] {
  const { volumeIds = [], networkInterfaceId } = own.find((each) => each.id === id) ?? {};
  return [...volumeIds, ...(networkInterfaceId ? [networkInterfaceId] : [])];
}

/** The rules in a group bear the same tags as the group. */
async function rulesIn(ec2: EC2Client, id: string, tags: Record<string, string>): Promise<string[]> {
  const rules = await listTaggedRules(ec2, tags);
  return rules.filter(({ groupId }) => groupId === id).map((rule) => rule.id);
}

async function terminate(id: string, actual: SeenInstances): Promise<Applied<SeenInstances>> {
  const found = actual.own.find((each) => each.id === id);
  if (!found) throw new Error(`Cannot terminate the instance "${id}": it was not read`);
  try {
    if (!isEnding(found)) await terminateInstance(client(EC2Client), id);
  } catch (error) {
    if (!isCode(error, 'OperationNotPermitted')) throw error;
    const message = `Cannot terminate the instance "${id}": it is protected from termination since. Take the protection off (aws ec2 modify-instance-attribute --instance-id ${id} --no-disable-api-termination), or keep "instance" in the request; then resume the site`;
    throw new Failure('Conflict', message, { cause: error });
  }
  throw new Failure('NotReady', `Waiting until the instance "${id}" is terminated`);
}

async function deleteGroup(id: string, actual: SeenInstances): Promise<Applied<SeenInstances>> {
  try {
    await deleteSecurityGroup(client(EC2Client), id);
  } catch (error) {
    if (!isCode(error, 'DependencyViolation')) throw error;
    const message = `Waiting until the network interface of the instance has left the security group "${id}"`;
    throw new Failure('NotReady', message, { cause: error });
  }
  const groups = actual.groups.filter((group) => group.id !== id);
  return { actual: { ...actual, groups }, message: `Deleted the security group ${id} of the instance` };
}

/** All rules that are no longer declared, in one call for each group. */
async function closePorts(actual: SeenInstances, { scope }: Doing): Promise<Applied<SeenInstances>> {
  const [desired] = instance.desired(scope);
  const closed: string[] = [];
  const groups = [];
  for (const group of actual.groups) {
    const { remove: rules } = ruleChanges(group.access, desired?.access ?? []);
    if (rules.length > 0) {
      await revokeBlocks(client(EC2Client), { groupId: group.id, rules, description: INSTANCE_RULE, lists: [] });
    }
    closed.push(...rules.map((rule) => `port ${rule.port} to ${sourceOf(rule)}`));
    groups.push({ ...group, access: group.access.filter((rule) => !rules.includes(rule)) });
  }
  return { actual: { ...actual, groups }, message: `Closed ${closed.join(', ')}` };
}
