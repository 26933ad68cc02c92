import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SITES_INDEX } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** A condition on the items of sites, in DynamoDB's words. Many attributes are reserved words: every name stands for one in `names`. */
export interface SiteFilter {
  expression: string;
  names: Record<`#${string}`, string>;
  values?: Record<`:${string}`, NativeAttributeValue>;
}

/** The domains of all sites for which the condition holds, a page of the index at a time. */
export async function* domainsWhere(ledger: Ledger, { expression, names, values }: SiteFilter): AsyncGenerator<string> {
  let from: Record<string, NativeAttributeValue> | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        FilterExpression: expression,
        ProjectionExpression: '#domain',
        ExpressionAttributeNames: { ...names, '#domain': 'domain' },
        ExpressionAttributeValues: { ...values, ':partition': SITES_INDEX.partition },
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const { domain } of page.Items ?? []) yield String(domain);
    from = page.LastEvaluatedKey;
  } while (from);
}
