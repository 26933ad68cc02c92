import type {
  AddTagsToResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
  Tag,
} from '@aws-sdk/client-ssm';
import { AwsError, type Operation } from '../../wire/service.ts';
import { onNames } from './parameter-name.ts';
import type { ParameterStore, StoredParameter } from './parameter-store.ts';

/** Source: Systems Manager API Reference, AddTagsToResource; checked 2026-11-22. */
const MOST = 50;

export function readTags(
  tags: Tag[] | undefined,
  present: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const all = new Map(present);
  for (const { Key = '', Value = '' } of tags ?? []) all.set(Key, Value);
  if (all.size > MOST) throw new AwsError('TooManyTagsError', `A parameter may have ${MOST} tags at most.`);
  return all;
}

export const tagConditions = (tags: Tag[] | undefined): Record<string, string[]> =>
  Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]]));

interface OnResource {
  ResourceType?: string | undefined;
  ResourceId?: string | undefined;
}

/** Source: Systems Manager API Reference, "ListTagsForResource"; checked 2026-11-30. */
const RESOURCE_TYPES = [
  'Document',
  'ManagedInstance',
  'MaintenanceWindow',
  'Parameter',
  'PatchBaseline',
  'OpsItem',
  'OpsMetadata',
  'Automation',
  'Association',
];

/** Only parameters are here to be tagged. */
function tagged(store: ParameterStore, region: string, { ResourceType, ResourceId = '' }: OnResource): StoredParameter {
  if (ResourceType !== undefined && !RESOURCE_TYPES.includes(ResourceType)) {
    const message =
      'The resource type is not valid. For example, if you are attempting to tag an EC2 instance, the instance must be a registered managed node.';
    throw new AwsError('InvalidResourceType', message);
  }
  const found = ResourceType === 'Parameter' ? store.of(region).get(ResourceId) : undefined;
  if (!found)
    throw new AwsError(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    );
  return found;
}

export const addTagsToResource = (store: ParameterStore): Operation<AddTagsToResourceRequest, object> => ({
  resources: ({ ResourceId }, call) => onNames([ResourceId], call),
  conditions: ({ Tags }) => tagConditions(Tags),
  run(input, { region }) {
    const parameter = tagged(store, region, input);
    parameter.tags = readTags(input.Tags, parameter.tags);
    return {};
  },
});

export const removeTagsFromResource = (store: ParameterStore): Operation<RemoveTagsFromResourceRequest, object> => ({
  resources: ({ ResourceId }, call) => onNames([ResourceId], call),
  run(input, { region }) {
    const { tags } = tagged(store, region, input);
    for (const key of input.TagKeys ?? []) tags.delete(key);
    return {};
  },
});

export const listTagsForResource = (
  store: ParameterStore,
): Operation<ListTagsForResourceRequest, ListTagsForResourceResult> => ({
  resources: ({ ResourceId }, call) => onNames([ResourceId], call),
  run: (input, { region }) => ({
    TagList: [...tagged(store, region, input).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});
