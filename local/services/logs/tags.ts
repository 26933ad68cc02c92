import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Operation } from '../../wire/service.ts';
import { logGroupName } from './log-group-name.ts';
import type { LogGroup, LogStore } from './log-store.ts';

const byArn = (store: LogStore, region: string, arn: string | undefined): LogGroup =>
  store.group(region, logGroupName({ logGroupIdentifier: arn }));

export const tagResource = (store: LogStore): Operation<TagResourceRequest, object> => ({
  resources: ({ resourceArn }) => [resourceArn ?? ''],
  run({ resourceArn, tags }, { region }) {
    Object.assign(byArn(store, region, resourceArn).tags, tags);
    return {};
  },
});

export const untagResource = (store: LogStore): Operation<UntagResourceRequest, object> => ({
  resources: ({ resourceArn }) => [resourceArn ?? ''],
  run({ resourceArn, tagKeys }, { region }) {
    const group = byArn(store, region, resourceArn);
    for (const key of tagKeys ?? []) delete group.tags[key];
    return {};
  },
});

export const listTagsForResource = (
  store: LogStore,
): Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> => ({
  resources: ({ resourceArn }) => [resourceArn ?? ''],
  run: ({ resourceArn }, { region }) => ({ tags: { ...byArn(store, region, resourceArn).tags } }),
});
