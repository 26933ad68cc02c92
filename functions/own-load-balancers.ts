import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SiteRecord } from '../aws/ledger/items.ts';
import { findLoadBalancer, type LoadBalancer, readLoadBalancer } from '../aws/load-balancers/describe-load-balancer.ts';
import { readResourceTags } from '../aws/load-balancers/resource-tags.ts';
import { isOwnedBy, type Owner, resourceName } from '../domain/ownership.ts';
import { madeOf } from './made-of.ts';

/**
 * The site's load balancers that stand and say that they are its own: those in the ledger, and the one of the derived name,
 * which a worker may have made that died before it told.
 */
export async function ownLoadBalancers(
  elb: ElasticLoadBalancingV2Client,
  record: SiteRecord,
  owner: Owner,
): Promise<LoadBalancer[]> {
  const named = await findLoadBalancer(elb, resourceName(owner.domain));
  const others = madeOf(record, 'load balancer').filter(({ id }) => id !== named?.arn);
  const found = [named, ...(await Promise.all(others.map(({ id }) => readLoadBalancer(elb, id))))];
  const own: LoadBalancer[] = [];
  for (const each of found.filter((one) => one !== undefined))
    if (isOwnedBy(owner, await readResourceTags(elb, each.arn))) own.push(each);
  return own;
}
