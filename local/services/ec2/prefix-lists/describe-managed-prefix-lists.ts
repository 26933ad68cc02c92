import type {
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult,
} from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import { filtered } from '../filters.ts';
import { page } from '../paging.ts';
import { findPrefixList, type PrefixList, prefixListArn, prefixListsOf } from './prefix-list.ts';

/** Describes AWS's own prefix lists. How many rules one counts as is not shown: the guide says it. */
export function describeManagedPrefixLists(): Operation<
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult
> {
  return {
    run({ PrefixListIds, Filters, MaxResults, NextToken }, { region }) {
      const lists = PrefixListIds?.length
        ? PrefixListIds.map((id) => findPrefixList(region, id))
        : prefixListsOf(region);
      const found = filtered(lists, Filters, {
        fields: {
          'owner-id': () => 'AWS',
          'prefix-list-id': ({ id }: PrefixList) => id,
          'prefix-list-name': ({ name }: PrefixList) => name,
        },
      });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: PrefixListIds });
      return {
        PrefixLists: items.map(({ id, name, family }) => ({
          PrefixListId: id,
          AddressFamily: `IPv${family}`,
          State: 'create-complete',
          PrefixListArn: prefixListArn(region, id),
          PrefixListName: name,
          Tags: [],
          OwnerId: 'AWS',
        })),
        ...next,
      };
    },
  };
}

/** Lists the blocks of a prefix list. */
export function getManagedPrefixListEntries(): Operation<
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult
> {
  return {
    resources: ({ PrefixListId = '*' }, { region }) => [prefixListArn(region, PrefixListId)],
    run({ PrefixListId, MaxResults, NextToken }, { region }) {
      const { entries } = findPrefixList(region, PrefixListId);
      const { items, ...next } = page([...entries], { MaxResults, NextToken });
      return { Entries: items.map(({ text }) => ({ Cidr: text })), ...next };
    },
  };
}
