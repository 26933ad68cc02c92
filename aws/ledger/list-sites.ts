import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { SITES_INDEX, siteKey } from './keys.ts';
import type { Ledger } from './ledger.ts';

export type ListedSite = Pick<SiteItem, 'domain' | 'state' | 'updatedAt'> & Pick<SiteItem['site'], 'tenant'>;

interface Asked {
  limit: number;
  after?: string | undefined;
  /** Lists the sites of this tenant alone. */
  tenant?: string | undefined;
}

/**
 * A page of the sites by domain, after the domain given; `next` is the last one when there may be more. Of one tenant, the
 * index is read until the page is full: `next` may not be the domain of another tenant's site.
 */
export async function listSites(
  ledger: Ledger,
  { limit, after, tenant }: Asked,
): Promise<{ sites: ListedSite[]; next?: string }> {
  const sites: ListedSite[] = [];
  let from: Record<string, NativeAttributeValue> | undefined = after ? placeOf(after) : undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        ProjectionExpression: '#domain, #state, updatedAt, site.tenant',
        ExpressionAttributeNames: { '#domain': 'domain', '#state': 'state' },
        ExpressionAttributeValues: {
          ':partition': SITES_INDEX.partition,
          ...(tenant !== undefined && { ':tenant': tenant }),
        },
        ...(tenant === undefined ? { Limit: limit } : { FilterExpression: 'site.tenant = :tenant' }),
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    sites.push(...((page.Items ?? []) as (ListedSite & Pick<SiteItem, 'site'>)[]).map(listed));
    from = page.LastEvaluatedKey;
  } while (tenant !== undefined && from && sites.length <= limit);
  const shown = sites.slice(0, limit);
  const last = (from ?? sites.length > limit) && shown.at(-1)?.domain;
  return { sites: shown, ...(last && { next: last }) };
}

const placeOf = (domain: string) => ({ ...siteKey(domain), gsi1pk: SITES_INDEX.partition, gsi1sk: domain });

function listed({ site, ...shown }: ListedSite & Pick<SiteItem, 'site'>): ListedSite {
  return { ...shown, ...(site?.tenant !== undefined && { tenant: site.tenant }) };
}
