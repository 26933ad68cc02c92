import type { DescribeTagsRequest, DescribeTagsResult, TagDescription } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { kindOf, resourceTypeOf } from '../ids.ts';
import { page } from '../paging.ts';

const fields: Record<string, Field<TagDescription>> = {
  key: ({ Key }) => Key,
  'resource-id': ({ ResourceId }) => ResourceId,
  'resource-type': ({ ResourceType }) => ResourceType,
  value: ({ Value }) => Value,
};

/** Describes tags, one by one, with what they are on. */
export function describeTags(ec2: Ec2): Operation<DescribeTagsRequest, DescribeTagsResult> {
  return {
    run({ Filters, MaxResults, NextToken }, call) {
      const all = ec2
        .region(call.region)
        .tags.entries()
        .flatMap(([id, tags]) => {
          const kind = kindOf(id);
          const ResourceType = kind && (resourceTypeOf(kind) as NonNullable<TagDescription['ResourceType']>);
          return [...tags].map(([Key, Value]): TagDescription => ({ ResourceId: id, ResourceType, Key, Value }));
        });
      // "tag:Key" means a tag of that key here, not something that has it.
      const plain = (Filters ?? []).flatMap(({ Name = '', Values }) =>
        Name.startsWith('tag:')
          ? [
              { Name: 'key', Values: [Name.slice('tag:'.length)] },
              { Name: 'value', Values },
            ]
          : [{ Name, Values }],
      );
      const { items, ...next } = page(filtered(all, plain, { fields }), { MaxResults, NextToken });
      return { Tags: items, ...next };
    },
  };
}
