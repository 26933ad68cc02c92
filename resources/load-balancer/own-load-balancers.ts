import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type LoadBalancer, listLoadBalancers } from '../../aws/load-balancers/describe-load-balancer.ts';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isOwnedBy, type Owner, resourceName } from '../../domain/ownership.ts';

/**
 * The site's load balancers that stand and say that they are its own: those in the ledger, and the one of the derived name,
 * which a worker may have made that died before it told.
 */
export async function ownLoadBalancers(
  elb: ElasticLoadBalancingV2Client,
  record: SiteRecord,
  owner: Owner,
): Promise<LoadBalancer[]> {
  const made = madeOf(record, 'load balancer').map(({ id }) => id);
  const found = [...(await listLoadBalancers(elb))]
    .filter(([name, { arn }]) => name === resourceName(owner.domain) || made.includes(arn))
    .map(([, each]) => each);
  const tags = await readTagsOfEach(
    elb,
    found.map(({ arn }) => arn),
  );
  return found.filter(({ arn }) => isOwnedBy(owner, tags.get(arn) ?? {}));
}
