import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isDeletionProtected } from '../../../aws/load-balancers/deletion-protection.ts';
import type { LoadBalancer } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { whyRetained } from '../../../domain/changes/kept.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { beforeOf } from '../../../domain/ledger/made-of.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';

/**
 * The site's load balancers that are not kept, those that were adopted included. One is left that records of others lead
 * to, on which a listener stays (`occupied`), or that is protected from deletion.
 */
export async function leavingLoadBalancers(
  elb: ElasticLoadBalancingV2Client,
  {
    loadBalancers,
    record,
    kept,
    occupied,
  }: Omit<Leaving, 'owner'> & { loadBalancers: readonly LoadBalancer[]; occupied: readonly string[] },
): Promise<{ go: LoadBalancer[]; left: Obstacle[] }> {
  const go: LoadBalancer[] = [];
  const left: Obstacle[] = [];
  for (const loadBalancer of loadBalancers.filter(({ arn }) => arn !== kept.loadBalancerArn)) {
    const { arn: id } = loadBalancer;
    if (beforeOf(record, 'load balancer', id)) {
      go.push(loadBalancer);
      continue;
    }
    // All that keeps it is told at once: a person clears it in one round.
    const retained = whyRetained(kept, id);
    const whys = [
      // Where others' records keep it, so do its own listeners.
      ...(occupied.includes(id) && !retained ? ['a listener stays on it. Delete that one'] : []),
      ...((await isDeletionProtected(elb, id)) ? [PROTECTED] : []),
    ];
    if (retained) left.push({ ...retained, why: [...whys, retained.why].join('; ') });
    else if (whys.length > 0) left.push({ type: 'load balancer', id, why: `${whys.join('; ')}, ${THEN_AGAIN}` });
    else go.push(loadBalancer);
  }
  return { go, left };
}

const PROTECTED = 'its deletion protection is on. Turn it off';

/** A load balancer that ELB refuses to delete. */
export function whyProtected(id: string): Obstacle {
  return { type: 'load balancer', id, why: `${PROTECTED}, ${THEN_AGAIN}` };
}
