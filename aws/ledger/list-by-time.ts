import { withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { queryPage } from './query-page.ts';

interface Asked {
  /** The partition of the index. */
  partition: string;
  /** Where an item lies, by what the index sorts it by. */
  keyOf: (sort: string) => { pk: string; sk: string };
  newestFirst?: boolean;
  limit: number;
  /** What the page before has given as `next`. */
  after?: string | undefined;
  /** Lists those of this tenant alone. */
  tenant?: string | undefined;
}

/** A page of the items of a partition of the index in the order of its sort keys; `next` is the last one's when there may be more. */
export async function listByTime<Item>(
  ledger: Ledger,
  { partition, keyOf, newestFirst = false, limit, after, tenant }: Asked,
): Promise<{ items: Item[]; next?: string }> {
  const { items, isLast } = await queryPage(ledger, {
    partition,
    limit,
    from: after === undefined ? undefined : { ...keyOf(after), gsi1pk: partition, gsi1sk: after },
    query: {
      ScanIndexForward: !newestFirst,
      ...(tenant !== undefined && {
        FilterExpression: 'tenant = :tenant',
        ExpressionAttributeValues: { ':tenant': tenant },
      }),
    },
  });
  const last = isLast ? undefined : items.at(-1)?.['gsi1sk'];
  return { items: items.map((item) => withoutKeys<Item>(item)), ...(last && { next: String(last) }) };
}
