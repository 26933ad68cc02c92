import {
  AddTagsCommand,
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { tagList, tagRecord } from '../tags.ts';

/** The tags of a load balancer, a listener or a target group. */
export async function readResourceTags(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Record<string, string>> {
  const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return tagRecord(TagDescriptions[0]?.Tags);
}

/** Tags a load balancer, a listener or a target group; its other tags stay. */
export async function tagResource(
  elb: ElasticLoadBalancingV2Client,
  { arn, tags }: { arn: string; tags: Record<string, string> },
): Promise<void> {
  await elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: tagList(tags) }));
}

/** Takes tags off a load balancer, a listener or a target group, by their keys. */
export async function untagResource(
  elb: ElasticLoadBalancingV2Client,
  { arn, tags }: { arn: string; tags: Record<string, string> },
): Promise<void> {
  await elb.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys: Object.keys(tags) }));
}
