import { DescribeTagsCommand, type ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { tagRecord } from '../tags.ts';

/** The tags of a load balancer, a listener or a target group. */
export async function readResourceTags(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Record<string, string>> {
  const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return tagRecord(TagDescriptions[0]?.Tags);
}
