import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SITES_INDEX } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** A condition on the items of sites, in DynamoDB's words. Many attributes are reserved words: every name stands for one in `names`. */
export interface SiteFilter {
  expression: string;
  names: Record<`#${string}`, string>;
  values?: Record<`:${string}`, NativeAttributeValue>;
}

/** The domains of all sites for which the condition holds. */
export const domainsWhere = (ledger: Ledger, filter: SiteFilter): AsyncGenerator<string> =>
  domainsIn(ledger, SITES_INDEX.partition, filter);

/** The domains of the items in a partition of the index, or of those for which the condition holds, a page at a time. */
export async function* domainsIn(ledger: Ledger, partition: string, filter?: SiteFilter): AsyncGenerator<string> {
  let from: Record<string, NativeAttributeValue> | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        ...(filter && { FilterExpression: filter.expression }),
        ProjectionExpression: '#domain',
        ExpressionAttributeNames: { ...filter?.names, '#domain': 'domain' },
        ExpressionAttributeValues: { ...filter?.values, ':partition': partition },
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const { domain } of page.Items ?? []) yield String(domain);
    from = page.LastEvaluatedKey;
  } while (from);
}
