import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Left } from '../../../aws/ledger/items.ts';
import type { LoadBalancer } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../../aws/load-balancers/resource-tags.ts';
import type { Listener } from '../../../domain/load-balancers/listeners.ts';
import { isOwnedBy, whoseItIs } from '../../../domain/ownership.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { beforeOf } from '../ledger/made-of.ts';

/**
 * The listeners of the site's load balancers that are ours and not kept, and the ARNs of those that are. Somebody else's keeps a load balancer that is
 * to go from going; on one that stays it is nobody's business.
 */
export async function leavingListeners(
  elb: ElasticLoadBalancingV2Client,
  { loadBalancers, record, owner, kept }: Leaving & { loadBalancers: readonly LoadBalancer[] },
): Promise<{ go: Listener[]; stay: string[]; left: Left[] }> {
  const found = { go: [] as Listener[], stay: [] as string[], left: [] as Left[] };
  for (const loadBalancer of loadBalancers) {
    const stays = loadBalancer.arn === kept.loadBalancerArn;
    const isAdopted = beforeOf(record, 'load balancer', loadBalancer.arn) !== undefined;
    const listeners = await listListeners(elb, loadBalancer.arn);
    const staying = listeners.filter(({ port }) => stays && kept.listenerPorts.includes(port));
    found.stay.push(...staying.map(({ arn }) => arn));
    const others = listeners.filter((listener) => !staying.includes(listener));
    const tagsOf = await readTagsOfEach(
      elb,
      others.map(({ arn }) => arn),
    );
    for (const listener of others) {
      const tags = tagsOf.get(listener.arn);
      if (!tags) continue;
      if (isOwnedBy(owner, tags)) found.go.push(listener);
      else if (!stays && !isAdopted) found.left.push({ type: 'listener', id: listener.arn, why: whoseItIs(tags) });
    }
  }
  return found;
}
