import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SITES_INDEX } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** The domains of all sites whose document has a failover, a page of the index at a time. */
export async function* sitesWithPage(ledger: Ledger): AsyncGenerator<string> {
  let from: Record<string, NativeAttributeValue> | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        FilterExpression: 'attribute_exists(site.failover)',
        ProjectionExpression: '#domain',
        ExpressionAttributeNames: { '#domain': 'domain' },
        ExpressionAttributeValues: { ':partition': SITES_INDEX.partition },
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const { domain } of page.Items ?? []) yield String(domain);
    from = page.LastEvaluatedKey;
  } while (from);
}
