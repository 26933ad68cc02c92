import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { EventBridge } from './event-bridge.ts';
import { TAGS_PER_RESOURCE } from './quotas.ts';

/** Throws, and sets none, for tags that nothing can have and for too many together. */
export function setTags(tags: Map<string, string>, added: Tag[] = []): void {
  const all = new Map([...tags, ...added.map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
  if (added.some(({ Key = '' }) => /^aws:/i.test(Key))) {
    throw new AwsError('ValidationException', 'Tag keys with the prefix "aws:" are reserved.');
  }
  if (all.size > TAGS_PER_RESOURCE) {
    throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  }
  for (const [key, value] of all) tags.set(key, value);
}

export const requestTagConditions = (tags: Tag[] | undefined): Record<string, string[]> =>
  Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]]));

/** The tags of a bus or a rule. */
function tagsOf({ buses }: EventBridge, arn: string | undefined, region: string): Map<string, string> {
  const all = buses.of(region).flatMap((bus) => [bus, ...bus.rules.values()]);
  const found = all.find((one) => one.arn === arn);
  if (!found) throw new AwsError('ResourceNotFoundException', `Resource ${arn} does not exist.`);
  return found.tags;
}

export const tagResource = (bridge: EventBridge): Operation<TagResourceRequest, object> => ({
  resources: ({ ResourceARN }) => [ResourceARN ?? '*'],
  conditions: ({ Tags }) => requestTagConditions(Tags),
  run({ ResourceARN, Tags }, { region }) {
    setTags(tagsOf(bridge, ResourceARN, region), Tags);
    return {};
  },
});

export const untagResource = (bridge: EventBridge): Operation<UntagResourceRequest, object> => ({
  resources: ({ ResourceARN }) => [ResourceARN ?? '*'],
  run({ ResourceARN, TagKeys }, { region }) {
    const tags = tagsOf(bridge, ResourceARN, region);
    for (const key of TagKeys ?? []) tags.delete(key);
    return {};
  },
});

export const listTagsForResource = (
  bridge: EventBridge,
): Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> => ({
  resources: ({ ResourceARN }) => [ResourceARN ?? '*'],
  run: ({ ResourceARN }, { region }) => ({
    Tags: [...tagsOf(bridge, ResourceARN, region)].map(([Key, Value]) => ({ Key, Value })),
  }),
});
