import { type NativeAttributeValue, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { SITES_INDEX } from './keys.ts';
import type { Ledger } from './ledger.ts';

type Item = Record<string, NativeAttributeValue>;

interface Asked {
  /** The partition of the index. */
  partition: string;
  limit: number;
  /** Where the page begins: after the item with this key. */
  from: Item | undefined;
  /** The rest of the query: what is read of each item, in which order, and of which items alone. */
  query: Omit<QueryCommandInput, 'TableName' | 'IndexName' | 'KeyConditionExpression' | 'Limit' | 'ExclusiveStartKey'>;
}

/**
 * A page of a partition of the index; `isLast` where no more follow. DynamoDB reads 1 MB at a time, so that a page may be shorter than its
 * limit. With a filter the partition is read until the page is full: where the next one begins may not be an item that the filter leaves out.
 */
export async function queryPage(
  ledger: Ledger,
  { partition, limit, from, query }: Asked,
): Promise<{ items: Item[]; isLast: boolean }> {
  const isFiltered = query.FilterExpression !== undefined;
  const found: Item[] = [];
  let next = from;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        ...query,
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':partition': partition },
        ...(!isFiltered && { Limit: limit }),
        ...(next && { ExclusiveStartKey: next }),
      }),
    );
    found.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (isFiltered && next && found.length <= limit);
  return { items: found.slice(0, limit), isLast: next === undefined && found.length <= limit };
}
