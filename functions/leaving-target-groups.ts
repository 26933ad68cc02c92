import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SiteRecord } from '../aws/ledger/items.ts';
import { readResourceTags } from '../aws/load-balancers/resource-tags.ts';
import { findTargetGroup, readTargetGroup, type TargetGroup } from '../aws/load-balancers/target-groups.ts';
import { targetGroupName } from '../domain/load-balancers/target-group.ts';
import { isOwnedBy } from '../domain/ownership.ts';
import type { Leaving } from './leaving.ts';
import { madeOf } from './made-of.ts';

/** The site's target groups that are not kept. */
export async function leavingTargetGroups(
  elb: ElasticLoadBalancingV2Client,
  { record, owner, kept }: Leaving,
): Promise<TargetGroup[]> {
  const go: TargetGroup[] = [];
  for (const group of await candidates(elb, record)) {
    if (group.arn === kept.targetGroupArn) continue;
    if (isOwnedBy(owner, await readResourceTags(elb, group.arn))) go.push(group);
  }
  return go;
}

async function candidates(elb: ElasticLoadBalancingV2Client, record: SiteRecord): Promise<TargetGroup[]> {
  const named = await findTargetGroup(elb, targetGroupName(record.item.site));
  const others = madeOf(record, 'target group').filter(({ id }) => id !== named?.arn);
  const found = [named, ...(await Promise.all(others.map(({ id }) => readTargetGroup(elb, id))))];
  return found.filter((group) => group !== undefined);
}
