import type {
  ChangeTagsForResourceRequest,
  ChangeTagsForResourceResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTagsForResourcesRequest,
  ListTagsForResourcesResponse,
  ResourceTagSet,
  TagResourceType,
} from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import { invalidInput, noSuchHostedZone } from './errors.ts';
import { findCheck } from './health-checks/find.ts';
import { plainId, type Route53 } from './route53.ts';

// Source: ChangeTagsForResource and ListTagsForResources in the API reference, checked 2026-11-22.
const MAX_TAGS = 50;
const MAX_RESOURCES_PER_CALL = 10;
const MAX_ID_LENGTHS = { hostedzone: 32, healthcheck: 64 };

type Resource = { ResourceType?: string | undefined; ResourceId?: string | undefined };

export function changeTagsForResource(
  route53: Route53,
): Operation<ChangeTagsForResourceRequest, ChangeTagsForResourceResponse> {
  return {
    resources: (input) => [arnOf(input)],
    run({ AddTags: added = [], RemoveTagKeys: removed = [], ...resource }) {
      const id = taggable(route53, resource);
      if (added.length === 0 && removed.length === 0) {
        throw invalidInput('Invalid request: Expected AddTags or RemoveTagKeys');
      }
      const changed = [...removed, ...added.map(({ Key: key }) => key)];
      const kept = (route53.tags.get(id) ?? []).filter(({ Key: key }) => !changed.includes(key));
      const tags = [...kept, ...added.map(({ Key: key, Value: value = '' }) => ({ Key: key, Value: value }))];
      if (tags.length > MAX_TAGS) throw invalidInput(`Invalid request: a resource takes ${MAX_TAGS} tags at most`);
      route53.tags.set(id, tags);
      return {};
    },
  };
}

export function listTagsForResource(
  route53: Route53,
): Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> {
  return {
    resources: (input) => [arnOf(input)],
    run: (input) => ({ ResourceTagSet: tagsOf(route53, input) }),
  };
}

export function listTagsForResources(
  route53: Route53,
): Operation<ListTagsForResourcesRequest, ListTagsForResourcesResponse> {
  return {
    resources: ({ ResourceType, ResourceIds }) =>
      (ResourceIds ?? []).map((id) => arnOf({ ResourceType, ResourceId: id })),
    run({ ResourceType, ResourceIds: ids = [] }) {
      if (ids.length > MAX_RESOURCES_PER_CALL) {
        throw invalidInput(`Invalid request: ${ids.length} resources are more than ${MAX_RESOURCES_PER_CALL}`);
      }
      return { ResourceTagSets: ids.map((id) => tagsOf(route53, { ResourceType, ResourceId: id })) };
    },
  };
}

function tagsOf(route53: Route53, resource: Resource): ResourceTagSet {
  const id = taggable(route53, resource);
  return { ResourceType: resource.ResourceType as TagResourceType, ResourceId: id, Tags: route53.tags.get(id) ?? [] };
}

/**
 * The id of a resource that exists. Unlike every other operation, those about tags take no "/hostedzone/" before it.
 * Source: what AWS answers, as github.com/getmoto/moto issue 8931 and crossplane-contrib/provider-aws issue 1826 have it; checked 2026-11-29.
 */
function taggable(route53: Route53, { ResourceType: type, ResourceId: id = '' }: Resource): string {
  if (type !== 'hostedzone' && type !== 'healthcheck') {
    throw invalidInput(`Invalid request: Value '${type}' of 'ResourceType' is not one of [healthcheck, hostedzone]`);
  }
  if (id.length > MAX_ID_LENGTHS[type]) {
    const constraint = `Member must have length less than or equal to ${MAX_ID_LENGTHS[type]}`;
    throw violation(id, { member: 'resourceId', constraint, code: 'InvalidInput' });
  }
  if (type === 'hostedzone' && id.includes('/')) throw noSuchHostedZone(id);
  if (type === 'hostedzone') return route53.zone(id).id;
  return findCheck(route53, id).id;
}

const arnOf = ({ ResourceType, ResourceId }: Resource): string =>
  `arn:aws:route53:::${ResourceType}/${plainId(ResourceId)}`;
