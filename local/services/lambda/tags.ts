import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../wire/service.ts';
import type { Functions } from './functions.ts';
import { invalidParameter } from './limits.ts';

const onArn = ({ Resource }: { Resource: string | undefined }): string[] => [Resource ?? ''];

export const tagResource = (functions: Functions): Operation<TagResourceRequest, object> => ({
  resources: onArn,
  run({ Resource, Tags }, call) {
    const { tags } = functions.find(Resource, call);
    if (Object.keys(Tags ?? {}).length === 0) {
      throw invalidParameter('An error occurred and the request cannot be processed.');
    }
    Object.assign(tags, Tags);
    return {};
  },
});

export const untagResource = (functions: Functions): Operation<UntagResourceRequest, object> => ({
  resources: onArn,
  run({ Resource, TagKeys }, call) {
    const { tags } = functions.find(Resource, call);
    for (const key of TagKeys ?? []) delete tags[key];
    return {};
  },
});

export const listTags = (functions: Functions): Operation<ListTagsRequest, ListTagsResponse> => ({
  resources: onArn,
  run: ({ Resource }, call) => ({ Tags: { ...functions.find(Resource, call).tags } }),
});
