import { ElasticLoadBalancingV2Client, ResourceInUseException } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { changeHealthPath, deleteTargetGroup, type TargetGroup } from '../../aws/load-balancers/target-groups.ts';
import { deregisterTarget, readTargets, registerTarget } from '../../aws/load-balancers/targets.ts';
import { Failure } from '../../domain/errors.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import { leftOf } from '../../domain/ledger/left-by.ts';
import { beforeOf, goneOf } from '../../domain/ledger/made-of.ts';
import { hasTarget, isSameTarget } from '../../domain/load-balancers/target-group.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import { leavingTargetGroups } from '../shared/load-balancers/leaving-target-groups.ts';
import { step } from '../shared/steps/step.ts';

/** Deletes the target groups that are no longer wanted, once nothing forwards to them; gives back an adopted one. */
export const handler = step('RemoveTargetGroups', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  const retained = leftOf(record, 'RemoveListeners');
  const { go, left } = await leavingTargetGroups(elb, { record, owner, kept, retained });
  const removed: string[] = [];
  for (const group of go) {
    const before = beforeOf(record, 'target group', group.arn);
    if (before) {
      await giveBack(elb, { group, site, owner, before });
      continue;
    }
    await remove(elb, group);
    removed.push(group.arn);
  }
  return {
    gone: goneOf(record, 'target group', [kept.targetGroupArn, ...left.map(({ id }) => id)]),
    output: { left },
    message: removed.length > 0 ? `Removed the target group ${removed.join(', ')}` : 'No target group of ours is to go',
  };
});

/** With its targets and its health checks as they were, and untagged last: until then another run finds it. */
async function giveBack(
  elb: ElasticLoadBalancingV2Client,
  {
    group: { arn, healthPath },
    site,
    owner,
    before,
  }: { group: TargetGroup; site: Site; owner: Owner; before: ThingBefore },
): Promise<void> {
  const former = before.targets ?? [];
  const standing = (await readTargets(elb, arn)).filter(({ state }) => state !== 'draining');
  for (const target of former) {
    if (!hasTarget(standing, target)) await registerTarget(elb, { targetGroupArn: arn, target });
  }
  const { target: ours, healthPath: declared } = originOf(site);
  // Not by what is listed: ELB may not list yet what an undone onboarding has just registered.
  if (!former.some((target) => isSameTarget(target, ours))) {
    await deregisterTarget(elb, { targetGroupArn: arn, target: ours });
  }
  if (before.healthPath !== undefined && healthPath === declared && healthPath !== before.healthPath) {
    await changeHealthPath(elb, { targetGroupArn: arn, healthPath: before.healthPath });
  }
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

async function remove(elb: ElasticLoadBalancingV2Client, { arn }: TargetGroup): Promise<void> {
  try {
    await deleteTargetGroup(elb, arn);
  } catch (error) {
    if (!(error instanceof ResourceInUseException || (error instanceof Error && error.name === 'ResourceInUse'))) {
      throw error;
    }
    // The listener is gone, and ELB has yet to notice (failures L12).
    throw new Failure('NotReady', `Waiting until nothing forwards to the target group ${arn}`, { cause: error });
  }
}
