import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SITES_INDEX, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

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

/**
 * A page of the items of a partition of the index in the order of its sort keys; `next` is the last one's when there may be more. Of one
 * tenant the partition is read until the page is full: `next` may not tell of another tenant's.
 */
export async function listByTime<Item>(
  ledger: Ledger,
  { partition, keyOf, newestFirst = false, limit, after, tenant }: Asked,
): Promise<{ items: Item[]; next?: string }> {
  const found: Record<string, NativeAttributeValue>[] = [];
  let from: Record<string, NativeAttributeValue> | undefined =
    after === undefined ? undefined : { ...keyOf(after), gsi1pk: partition, gsi1sk: after };
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        ExpressionAttributeValues: { ':partition': partition, ...(tenant !== undefined && { ':tenant': tenant }) },
        ...(tenant === undefined ? { Limit: limit } : { FilterExpression: 'tenant = :tenant' }),
        ScanIndexForward: !newestFirst,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (tenant !== undefined && from && found.length <= limit);
  const shown = found.slice(0, limit);
  const last = (from ?? found.length > limit) && shown.at(-1)?.['gsi1sk'];
  return { items: shown.map((item) => withoutKeys<Item>(item)), ...(last && { next: String(last) }) };
}
