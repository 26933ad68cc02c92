import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { Failure } from '../../domain/errors.ts';

/**
 * The tags of one listener of a load balancer, asked for with those of all that are listed on it: a plan asks so for several of them,
 * and AWS once.
 *
 * @throws {Failure} "NotReady" where it is listed and has no tags to tell: it was made or deleted a moment ago
 */
export async function readListenerTags(
  elb: ElasticLoadBalancingV2Client,
  { arn, port }: { arn: string; port: number },
  listed: readonly { arn: string }[],
): Promise<Record<string, string>> {
  const tags = await readTagsOfEach(
    elb,
    listed.map((each) => each.arn),
  );
  const found = tags.get(arn);
  if (!found) throw new Failure('NotReady', `Waiting until ELB tells the tags of the listener on port ${port}`);
  return found;
}
