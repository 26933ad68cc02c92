import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Sns } from './sns.ts';
import type { Topic } from './topic.ts';

/** Source: SNS Developer Guide, "Tagging", restrictions; the words: the tests of ballerinax/aws.sns, run against AWS; checked 2026-12-01. */
const MOST = 50;

export function checkedTags(
  tags: Tag[] | undefined,
  present: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const keys = (tags ?? []).map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Duplicated keys are not allowed.');
  }
  const all = new Map(present);
  for (const { Key = '', Value = '' } of tags ?? []) all.set(Key, Value);
  if (all.size > MOST)
    throw new AwsError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');
  return all;
}

export const tagConditions = (tags: Tag[] | undefined): Record<string, string[]> =>
  Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]]));

function tagged({ topics }: Sns, arn: string | undefined): Topic {
  const topic = topics.find(arn);
  if (!topic) throw new AwsError('ResourceNotFound', 'Resource does not exist');
  return topic;
}

export const tagResource = (sns: Sns): Operation<TagResourceRequest, object> => ({
  resources: ({ ResourceArn }) => [ResourceArn ?? '*'],
  conditions: ({ Tags }) => tagConditions(Tags),
  run({ ResourceArn, Tags }) {
    const topic = tagged(sns, ResourceArn);
    topic.tags = checkedTags(Tags, topic.tags);
    return {};
  },
});

export const untagResource = (sns: Sns): Operation<UntagResourceRequest, object> => ({
  resources: ({ ResourceArn }) => [ResourceArn ?? '*'],
  run({ ResourceArn, TagKeys }) {
    const { tags } = tagged(sns, ResourceArn);
    for (const key of TagKeys ?? []) tags.delete(key);
    return {};
  },
});

export const listTagsForResource = (sns: Sns): Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> => ({
  resources: ({ ResourceArn }) => [ResourceArn ?? '*'],
  run: ({ ResourceArn }) => ({
    Tags: [...tagged(sns, ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});
