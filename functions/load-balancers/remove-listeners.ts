import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import type { Left, ThingBefore } from '../../aws/ledger/items.ts';
import { restoreListener } from '../../aws/load-balancers/listener-settings.ts';
import { deleteListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags, untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { isOwnedBy, type Owner, ownerTags, whoseItIs } from '../../domain/ownership.ts';
import { beforeOf, madeOf } from '../made-of.ts';
import { ownLoadBalancers } from '../own-load-balancers.ts';
import { step } from '../step.ts';

/**
 * Deletes the listeners that are ours, and gives back those that were adopted. Somebody else's on our load balancer stays,
 * and the load balancer with it.
 */
export const handler = step('RemoveListeners', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const removed: number[] = [];
  const left: Left[] = [];
  for (const loadBalancer of await ownLoadBalancers(elb, record, owner)) {
    for (const { arn, port } of await listListeners(elb, loadBalancer.arn)) {
      const tags = await readResourceTags(elb, arn);
      if (isOwnedBy(owner, tags)) {
        const before = beforeOf(record, 'listener', arn);
        if (before) await giveBack(elb, { arn, owner, before });
        else await deleteListener(elb, arn);
        removed.push(port);
      } else if (!beforeOf(record, 'load balancer', loadBalancer.arn))
        left.push({ type: 'listener', id: arn, why: whoseItIs(tags) });
    }
  }
  return {
    gone: madeOf(record, 'listener').filter(({ id }) => !left.some((each) => each.id === id)),
    output: { left },
    message: removed.length > 0 ? `Removed the listeners on ${removed.join(' and ')}` : 'No listener of ours stands',
  };
});

/** Untagged last: until then another run finds it. */
async function giveBack(
  elb: ElasticLoadBalancingV2Client,
  { arn, owner, before: { settings = {} } }: { arn: string; owner: Owner; before: ThingBefore },
): Promise<void> {
  await restoreListener(elb, { arn, settings });
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}
