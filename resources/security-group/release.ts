import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import type { PrefixList } from '../../aws/load-balancers/prefix-lists.ts';
import { revokeBlocks } from '../../aws/load-balancers/security-group-rules.ts';
import { deleteSecurityGroup, untagSecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { revokeRule } from '../../aws/load-balancers/tagged-rules.ts';
import type { Change } from '../../domain/changes/change.ts';
import { Failure } from '../../domain/errors.ts';
import { ACCESS_RULE, ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type DesiredGroup, isAccess, type SeenGroups, TYPE, usedGroups } from './changes.ts';
import { securityGroup } from './security-group.ts';
import { standingGroups } from './standing.ts';

type Own = NonNullable<SeenGroups['own']>;

/** Revokes our rules that the document does not need, deletes our groups and restores adopted ones. Other rules stay. */
export const releaseSecurityGroups: Applying<DesiredGroup, SeenGroups> = {
  standing: standingGroups,

  // The rules in a group bear the same tags as the group.
  unmark: ({ resource: { id = '' } }, { own }, { scope }) => {
    const rules = (own?.rules ?? []).filter(({ groupId }) => groupId === id).map((rule) => rule.id);
    return untagSecurityGroup(client(EC2Client), { ids: [id, ...rules], tags: ownerTags(scope.owner) });
  },

  async apply(change, actual, doing) {
    const { resource, before = {} } = change;
    const { own, lists = [] } = actual;
    if (!own) throw new Error(`Cannot release the ${resource.type} "${resource.name}": it was not read`);
    if (resource.type === TYPE) return releaseGroup(change, own, doing);
    return isAccess(before) ? revokeAccess({ own, lists }, doing) : revokeIngress(change, own);
  },
};

async function releaseGroup(
  { verb, resource: { id = '' } }: Change,
  own: Own,
  { scope }: Doing,
): Promise<Applied<SeenGroups>> {
  if (verb === 'restore') await untagSecurityGroup(client(EC2Client), { ids: [id], tags: ownerTags(scope.owner) });
  else await remove(id);
  return {
    actual: {
      own: {
        groups: own.groups.filter((group) => group.id !== id),
        // EC2 deletes the rules in a group along with it.
        rules: own.rules.filter(({ groupId }) => groupId !== id),
      },
    },
    message: `${verb === 'restore' ? 'Restored' : 'Deleted'} the security group ${id}`,
  };
}

async function remove(id: string): Promise<void> {
  try {
    await deleteSecurityGroup(client(EC2Client), id);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DependencyViolation')) throw error;
    // They outlive the load balancer by minutes (failures L12).
    const message = `Waiting until the network interfaces of the load balancer have left the security group "${id}"`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

/** All rules for blocks that are no longer declared, in one call. */
async function revokeAccess(
  { own, lists }: { own: Own; lists: readonly PrefixList[] },
  { scope }: Doing,
): Promise<Applied<SeenGroups>> {
  const desired = securityGroup.desired(scope);
  const { groupId } = usedGroups(desired, {}, scope) ?? {};
  const group = own.groups.find(({ id }) => id === groupId);
  if (!group) throw new Error(`Cannot revoke rules of the security group "${groupId}": it was not read`);
  const { remove: rules } = ruleChanges(group.access, desired[0]?.access ?? []);
  await revokeBlocks(client(EC2Client), { groupId: group.id, rules, description: ACCESS_RULE, lists });
  const access = group.access.filter((rule) => !rules.includes(rule));
  return {
    actual: {
      lists,
      own: { ...own, groups: own.groups.map((each) => (each === group ? { ...group, access } : each)) },
    },
    message: `Closed ${rules.map((rule) => `port ${rule.port} for ${sourceOf(rule)}`).join(', ')}`,
  };
}

async function revokeIngress({ resource }: Change, own: Own): Promise<Applied<SeenGroups>> {
  const rule = own.rules.find(({ id }) => id === resource.id);
  if (!rule) throw new Error(`Cannot revoke the rule "${resource.name}": it was not read`);
  await revokeRule(client(EC2Client), rule);
  return {
    actual: { own: { ...own, rules: own.rules.filter((each) => each !== rule) } },
    message: `Closed port ${rule.port} of "${rule.groupId}" to the load balancer (${rule.id})`,
  };
}
