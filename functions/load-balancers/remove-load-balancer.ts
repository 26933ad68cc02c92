import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import type { Left, ThingBefore } from '../../aws/ledger/items.ts';
import { deleteLoadBalancer } from '../../aws/load-balancers/delete-load-balancer.ts';
import type { LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTagsOfEach, untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { setSecurityGroups } from '../../aws/load-balancers/set-security-groups.ts';
import { Failure } from '../../domain/errors.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { keptBy } from '../shared/ledger/kept-by.ts';
import { beforeOf, goneOf, madeOf } from '../shared/ledger/made-of.ts';
import { ownLoadBalancers } from '../shared/load-balancers/own-load-balancers.ts';
import { step } from '../shared/steps/step.ts';

/** Deletes the load balancer that is no longer wanted, unless somebody else listens on it; gives back one that was adopted. */
export const handler = step('RemoveLoadBalancer', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  const removed: string[] = [];
  const left: Left[] = [];
  for (const loadBalancer of await ownLoadBalancers(elb, record, owner)) {
    const { arn, dnsName } = loadBalancer;
    if (arn === kept.loadBalancerArn) continue;
    const before = beforeOf(record, 'load balancer', arn);
    if (before) {
      await giveBack(elb, { loadBalancer, owner, before, ours: madeOf(record, 'security group').map(({ id }) => id) });
      continue;
    }
    const { ours, stranger } = await listenersOn(elb, arn, owner);
    if (stranger) {
      const why = `the listener on port ${stranger.port}, which is not ours, needs it. Delete that one, then undo again`;
      left.push({ type: 'load balancer', id: arn, why });
    } else if (ours) {
      throw new Failure(
        'NotReady',
        `ELB still shows the listener on port ${ours.port} of ${dnsName}, which was removed`,
      );
    } else {
      await remove(elb, { arn, dnsName });
      removed.push(dnsName);
    }
  }
  return {
    gone: goneOf(record, 'load balancer', [kept.loadBalancerArn, ...left.map(({ id }) => id)]),
    output: { left },
    message:
      removed.length > 0 ? `Removed the load balancer ${removed.join(', ')}` : 'No load balancer of ours is to go',
  };
});

/** One that nobody of ours has made; and one of ours, which is gone already, and which ELB has yet to forget. */
async function listenersOn(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
  owner: Owner,
): Promise<{ ours: Listener | undefined; stranger: Listener | undefined }> {
  const listed = await listListeners(elb, arn);
  const tags = await readTagsOfEach(
    elb,
    listed.map((listener) => listener.arn),
  );
  const standing = listed.filter((listener) => tags.has(listener.arn));
  const isOurs = (listener: Listener) => isOwnedBy(owner, tags.get(listener.arn) ?? {});
  return { ours: standing.find(isOurs), stranger: standing.find((listener) => !isOurs(listener)) };
}

/** Out of our security groups, and untagged last: until then another run finds it. Groups that came since stay. */
async function giveBack(
  elb: ElasticLoadBalancingV2Client,
  {
    loadBalancer: { arn, securityGroups },
    owner,
    before,
    ours,
  }: { loadBalancer: LoadBalancer; owner: Owner; before: ThingBefore; ours: string[] },
): Promise<void> {
  const former = before.securityGroups ?? [];
  const groupIds = securityGroups.filter((id) => former.includes(id) || !ours.includes(id));
  if (groupIds.length < securityGroups.length && groupIds.length > 0) await setSecurityGroups(elb, { arn, groupIds });
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

async function remove(
  elb: ElasticLoadBalancingV2Client,
  { arn, dnsName }: Pick<LoadBalancer, 'arn' | 'dnsName'>,
): Promise<void> {
  try {
    await deleteLoadBalancer(elb, arn);
  } catch (error) {
    if (!(error instanceof Error && /^OperationNotPermitted(Exception)?$/.test(error.name))) throw error;
    const message = `Cannot delete the load balancer ${dnsName}: somebody has turned its deletion protection on. Turn it off, then undo again`;
    throw new Failure('Conflict', message, { cause: error });
  }
}
