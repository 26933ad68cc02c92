import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readTagsOfEach } from '../aws/load-balancers/resource-tags.ts';
import { listTargetGroups, type TargetGroup } from '../aws/load-balancers/target-groups.ts';
import { targetGroupName } from '../domain/load-balancers/target-group.ts';
import { isOwnedBy } from '../domain/ownership.ts';
import type { Leaving } from './leaving.ts';
import { madeOf } from './made-of.ts';

/** The site's target groups that are not kept. */
export async function leavingTargetGroups(
  elb: ElasticLoadBalancingV2Client,
  { record, owner, kept }: Leaving,
): Promise<TargetGroup[]> {
  const made = madeOf(record, 'target group').map(({ id }) => id);
  const found = [...(await listTargetGroups(elb))]
    .filter(([name, { arn }]) => name === targetGroupName(record.item.site) || made.includes(arn))
    .map(([, group]) => group)
    .filter(({ arn }) => arn !== kept.targetGroupArn);
  const tags = await readTagsOfEach(
    elb,
    found.map(({ arn }) => arn),
  );
  return found.filter(({ arn }) => isOwnedBy(owner, tags.get(arn) ?? {}));
}
