import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../wire/service.ts';
import type { Functions } from './functions.ts';
import { checkPattern, invalidParameter } from './limits.ts';

/** The ARN of a function: no name stands for it here. */
function checked(arn = ''): string {
  checkPattern('resource', arn, 'arn:(aws[a-zA-Z-]*):lambda:[a-z0-9-]+:\\d{12}:function:[a-zA-Z0-9-_]+');
  return arn;
}

const onArn = ({ Resource }: { Resource: string | undefined }): string[] => [Resource ?? ''];

export const tagResource = (functions: Functions): Operation<TagResourceRequest, object> => ({
  resources: onArn,
  run({ Resource, Tags }, call) {
    const { tags } = functions.find(checked(Resource), call);
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
    const { tags } = functions.find(checked(Resource), call);
    for (const key of TagKeys ?? []) delete tags[key];
    return {};
  },
});

export const listTags = (functions: Functions): Operation<ListTagsRequest, ListTagsResponse> => ({
  resources: onArn,
  run: ({ Resource }, call) => ({ Tags: { ...functions.find(checked(Resource), call).tags } }),
});
