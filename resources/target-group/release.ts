import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { changeHealthPath, deleteTargetGroup } from '../../aws/load-balancers/target-groups.ts';
import { deregisterTarget, readTargets, registerTarget } from '../../aws/load-balancers/targets.ts';
import { Failure } from '../../domain/errors.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import { hasTarget, isSameTarget } from '../../domain/load-balancers/target-group.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying, Scope } from '../resource.ts';
import { type DesiredTargetGroup, type OwnTargetGroup, type SeenTargetGroups, TYPE } from './changes.ts';
import { standingGroups } from './standing.ts';

/** Deletes the site's groups that the document does not use, once nothing forwards to them, and restores adopted ones. */
export const releaseTargetGroup: Applying<DesiredTargetGroup, SeenTargetGroups> = {
  standing: standingGroups,

  unmark: ({ resource: { id = '' } }, _, { scope }) =>
    untagResource(client(ElasticLoadBalancingV2Client), { arn: id, tags: ownerTags(scope.owner) }),

  async apply({ resource: { id = '', name } }, { own = [] }, { scope }) {
    const group = own.find(({ arn }) => arn === id);
    if (!group) throw new Error(`Cannot release the target group "${name}": it was not read`);
    const before = scope.record && beforeOf(scope.record, TYPE, id);
    if (before) await restore(group, before, scope);
    else await remove(group);
    return {
      actual: { own: own.filter((each) => each !== group) },
      message: `${before ? 'Restored' : 'Deleted'} the target group ${id}`,
    };
  },
};

/** With its targets and its health checks as they were, and untagged last: until then another run finds it. */
async function restore(
  { arn, healthPath }: OwnTargetGroup,
  before: ThingBefore,
  { owner, record }: Scope,
): Promise<void> {
  if (!record) throw new Error(`Cannot restore the target group ${arn}: the ledger has no site "${owner.domain}"`);
  const elb = client(ElasticLoadBalancingV2Client);
  const former = before.targets ?? [];
  const registered = await readTargets(elb, arn);
  for (const target of former) {
    if (!hasTarget(registered, target)) await registerTarget(elb, { targetGroupArn: arn, target });
  }
  const { target: ours, healthPath: declared } = originOf(record.item.site);
  // Not by what is listed: ELB may not list yet what an undone onboarding has just registered.
  if (ours && !former.some((target) => isSameTarget(target, ours))) {
    const target = registered.find((each) => isSameTarget(each, ours)) ?? ours;
    await deregisterTarget(elb, { targetGroupArn: arn, target });
  }
  if (before.healthPath !== undefined && healthPath === declared && healthPath !== before.healthPath) {
    await changeHealthPath(elb, { targetGroupArn: arn, healthPath: before.healthPath });
  }
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

async function remove({ arn }: OwnTargetGroup): Promise<void> {
  try {
    await deleteTargetGroup(client(ElasticLoadBalancingV2Client), arn);
  } catch (error) {
    if (!isCode(error, 'ResourceInUse')) throw error;
    // The listener is deleted, and ELB does not know it everywhere yet (failures L12).
    throw new Failure('NotReady', `Waiting until nothing forwards to the target group ${arn}`, { cause: error });
  }
}
