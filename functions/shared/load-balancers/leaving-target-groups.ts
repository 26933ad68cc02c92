import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readTagsOfEach } from '../../../aws/load-balancers/resource-tags.ts';
import { listTargetGroups, type TargetGroup } from '../../../aws/load-balancers/target-groups.ts';
import { targetGroupPrefix } from '../../../domain/load-balancers/target-group.ts';
import { isOwnedBy } from '../../../domain/ownership.ts';
import type { Leaving } from '../ledger/leaving.ts';

/**
 * The site's target groups that are not kept, also one whose worker died before it could write it down: they are known by
 * their names and their tags.
 */
export async function leavingTargetGroups(
  elb: ElasticLoadBalancingV2Client,
  { record, owner, kept }: Leaving,
): Promise<TargetGroup[]> {
  const prefix = targetGroupPrefix(record.item.domain);
  const found = [...(await listTargetGroups(elb)).values()].filter(
    ({ arn, name }) => name.startsWith(prefix) && arn !== kept.targetGroupArn,
  );
  const tags = await readTagsOfEach(
    elb,
    found.map(({ arn }) => arn),
  );
  return found.filter(({ arn }) => isOwnedBy(owner, tags.get(arn) ?? {}));
}
