import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SiteItem } from './items.ts';
import { SITES_INDEX, siteKey } from './keys.ts';
import type { Ledger } from './ledger.ts';

export type ListedSite = Pick<SiteItem, 'domain' | 'state' | 'updatedAt'> & Pick<SiteItem['site'], 'tenant'>;

/** A page of the sites by domain, after the domain given; `next` is the last one when there may be more. */
export async function listSites(
  ledger: Ledger,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ sites: ListedSite[]; next?: string }> {
  const page = await ledger.documents.send(
    new QueryCommand({
      TableName: ledger.table,
      IndexName: SITES_INDEX.name,
      KeyConditionExpression: 'gsi1pk = :partition',
      ProjectionExpression: '#domain, #state, updatedAt, site.tenant',
      ExpressionAttributeNames: { '#domain': 'domain', '#state': 'state' },
      ExpressionAttributeValues: { ':partition': SITES_INDEX.partition },
      Limit: limit,
      ...(after && { ExclusiveStartKey: { ...siteKey(after), gsi1pk: SITES_INDEX.partition, gsi1sk: after } }),
    }),
  );
  const sites = ((page.Items ?? []) as (ListedSite & Pick<SiteItem, 'site'>)[]).map(({ site, ...listed }) => ({
    ...listed,
    ...(site?.tenant !== undefined && { tenant: site.tenant }),
  }));
  const last = page.LastEvaluatedKey && sites.at(-1)?.domain;
  return { sites, ...(last && { next: last }) };
}
