import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  TagResourceOutput,
  UntagResourceInput,
  UntagResourceOutput,
} from '@aws-sdk/client-scheduler';
import type { Keys, Operation } from '../../wire/service.ts';
import { invalid, notFound, quotaExceeded } from './errors.ts';
import { MAX_TAGS } from './quotas.ts';
import type { Group } from './schedule.ts';
import type { ScheduleStore } from './store.ts';

/** Adds tags to a group. Throws ValidationException for a key of AWS's own. */
export function addTags(group: Group, tags: Tag[]): void {
  const all = new Map(group.tags);
  for (const { Key = '', Value = '' } of tags) {
    if (Key.toLowerCase().startsWith('aws:')) throw invalid('Tag keys with the prefix "aws:" are reserved.');
    all.set(Key, Value);
  }
  if (all.size > MAX_TAGS) throw quotaExceeded(`A schedule group can have ${MAX_TAGS} tags at most.`);
  group.tags = all;
}

/** The condition keys of tags that are asked for. */
export const tagKeys = (tags: Tag[] = []): Keys => ({
  ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
  ...(tags.length > 0 && { 'aws:TagKeys': tags.map(({ Key = '' }) => Key) }),
});

/** Only groups have tags; a schedule's ARN is none of them. */
function groupOf(store: ScheduleStore, arn: string, region: string): Group {
  const group = [...store.groups(region).values()].find((one) => one.arn === arn);
  if (!group) throw notFound(`Resource ${arn} does not exist.`);
  return group;
}

export const tagResource = (store: ScheduleStore): Operation<TagResourceInput, TagResourceOutput> => ({
  resources: ({ ResourceArn = '' }) => [ResourceArn],
  conditions: ({ Tags }) => tagKeys(Tags),
  run({ ResourceArn = '', Tags = [] }, { region }) {
    addTags(groupOf(store, ResourceArn, region), Tags);
    return {};
  },
});

export const untagResource = (store: ScheduleStore): Operation<UntagResourceInput, UntagResourceOutput> => ({
  resources: ({ ResourceArn = '' }) => [ResourceArn],
  conditions: ({ TagKeys = [] }) => ({ 'aws:TagKeys': TagKeys }),
  run({ ResourceArn = '', TagKeys = [] }, { region }) {
    const group = groupOf(store, ResourceArn, region);
    group.tags = new Map([...group.tags].filter(([key]) => !TagKeys.includes(key)));
    return {};
  },
});

export const listTagsForResource = (
  store: ScheduleStore,
): Operation<ListTagsForResourceInput, ListTagsForResourceOutput> => ({
  resources: ({ ResourceArn = '' }) => [ResourceArn],
  run: ({ ResourceArn = '' }, { region }) => ({
    Tags: [...groupOf(store, ResourceArn, region).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});
