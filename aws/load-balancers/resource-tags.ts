import {
  AddTagsCommand,
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
  RemoveTagsCommand,
  type TagDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { tagList, tagRecord } from '../tags.ts';

/** ARNs that one call takes. Source: DescribeTags, `ResourceArns`, checked 2026-11-22. */
const MAX_ARNS = 20;

/** Source: DescribeTags, Errors, checked 2026-11-23. */
const GONE = /^(?:LoadBalancer|Listener|Rule|TargetGroup)NotFound(?:Exception)?$/;

/** The tags of a load balancer, a listener or a target group. */
export async function readResourceTags(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Record<string, string>> {
  const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return tagRecord(TagDescriptions[0]?.Tags);
}

/** The tags of each of several of them, by its ARN; nothing of one that is gone, although it was listed a moment ago. */
export async function readTagsOfEach(
  elb: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  for (let from = 0; from < arns.length; from += MAX_ARNS) {
    for (const { ResourceArn = '', Tags } of await describeTags(elb, arns.slice(from, from + MAX_ARNS))) {
      found.set(ResourceArn, tagRecord(Tags));
    }
  }
  return found;
}

/** One that is gone spoils the answer for all: then each is asked for alone. */
async function describeTags(
  elb: ElasticLoadBalancingV2Client,
  ResourceArns: readonly string[],
): Promise<TagDescription[]> {
  try {
    const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: [...ResourceArns] }));
    return TagDescriptions;
  } catch (error) {
    if (!(error instanceof Error && GONE.test(error.name))) throw error;
    if (ResourceArns.length === 1) return [];
    return (await Promise.all(ResourceArns.map((arn) => describeTags(elb, [arn])))).flat();
  }
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
