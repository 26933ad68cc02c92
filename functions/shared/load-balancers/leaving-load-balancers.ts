import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isDeletionProtected } from '../../../aws/load-balancers/deletion-protection.ts';
import type { LoadBalancer } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { whyRetained } from '../../../domain/changes/kept.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { beforeOf } from '../ledger/made-of.ts';

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
    const retained = whyRetained(kept, id);
    if (beforeOf(record, 'load balancer', id)) go.push(loadBalancer);
    else if (retained) left.push(retained);
    else if (occupied.includes(id)) {
      left.push({ type: 'load balancer', id, why: `a listener stays on it. Delete that one, ${THEN_AGAIN}` });
    } else if (await isDeletionProtected(elb, id)) left.push(whyProtected(id));
    else go.push(loadBalancer);
  }
  return { go, left };
}

/** A load balancer that ELB refuses to delete. */
export function whyProtected(id: string): Obstacle {
  return { type: 'load balancer', id, why: `its deletion protection is on. Turn it off, ${THEN_AGAIN}` };
}
