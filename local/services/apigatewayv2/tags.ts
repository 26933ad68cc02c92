import type {
  GetTagsRequest,
  GetTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-apigatewayv2';
import type { Call, Operation } from '../../wire/service.ts';
import { access } from './access.ts';
import { type Apis, notFound } from './api.ts';

/** "arn:aws:apigateway:us-east-1::/apis/a1b2c3d4e5", with "/stages/name" for a stage. */
function tagsOf(apis: Apis, arn: string | undefined, call: Call): Record<string, string> {
  const [, id, stageName] = /:\/apis\/([a-z0-9]+)(?:\/stages\/(.+))?$/.exec(arn ?? '') ?? [];
  const api = apis.find(id, call);
  const found = stageName === undefined ? api : api.stages.get(stageName);
  if (!found) throw notFound('Invalid stage identifier specified');
  return found.tags;
}

const path = ({ ResourceArn }: { ResourceArn: string | undefined }): string =>
  `/tags/${encodeURIComponent(ResourceArn ?? '')}`;

export const tagResource = (apis: Apis): Operation<TagResourceRequest, object> => ({
  ...access('POST', path),
  run({ ResourceArn, Tags }, call) {
    Object.assign(tagsOf(apis, ResourceArn, call), Tags);
    return {};
  },
});

export const untagResource = (apis: Apis): Operation<UntagResourceRequest, object> => ({
  ...access('DELETE', path),
  run({ ResourceArn, TagKeys }, call) {
    const tags = tagsOf(apis, ResourceArn, call);
    for (const key of TagKeys ?? []) delete tags[key];
    return {};
  },
});

export const getTags = (apis: Apis): Operation<GetTagsRequest, GetTagsResponse> => ({
  ...access('GET', path),
  run: ({ ResourceArn }, call) => ({ Tags: { ...tagsOf(apis, ResourceArn, call) } }),
});
