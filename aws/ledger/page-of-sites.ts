import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { SITES_INDEX, siteKey } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Which page of the sites is asked for. */
export interface SitesPage {
  limit: number;
  after?: string | undefined;
  /** Lists the sites of this tenant alone. */
  tenant?: string | undefined;
}

interface Wanted {
  /** The paths of the attributes that are read of each: "site.tenant". */
  read: readonly string[];
  /** Lists the sites alone that have this one of them. */
  having?: string;
}

/**
 * A page of the sites by domain, after the domain given; `next` is the last one when there may be more: DynamoDB reads 1 MB at
 * a time, so that a page may be shorter than its limit. Of some alone, the
 * index is read until the page is full: `next` may not be the domain of another tenant's site.
 */
export async function pageOfSites<Read extends object>(
  ledger: Ledger,
  { limit, after, tenant }: SitesPage,
  { read, having }: Wanted,
): Promise<{ items: (Read & Pick<SiteItem, 'domain'>)[]; next?: string }> {
  const filters = [
    ...(tenant === undefined ? [] : ['#site.#tenant = :tenant']),
    ...(having === undefined ? [] : [`attribute_exists(${withoutReserved(having)})`]),
  ];
  const items: (Read & Pick<SiteItem, 'domain'>)[] = [];
  let from: Record<string, NativeAttributeValue> | undefined = after ? placeOf(after) : undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        ProjectionExpression: read.map(withoutReserved).join(', '),
        ExpressionAttributeNames: Object.fromEntries(
          read.flatMap((path) => path.split('.')).map((name) => [withoutReserved(name), name]),
        ),
        ExpressionAttributeValues: {
          ':partition': SITES_INDEX.partition,
          ...(tenant !== undefined && { ':tenant': tenant }),
        },
        ...(filters.length === 0 ? { Limit: limit } : { FilterExpression: filters.join(' AND ') }),
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    items.push(...((page.Items ?? []) as typeof items));
    from = page.LastEvaluatedKey;
  } while (filters.length > 0 && from && items.length <= limit);
  const shown = items.slice(0, limit);
  const last = (from ?? items.length > limit) && shown.at(-1)?.domain;
  return { items: shown, ...(last && { next: last }) };
}

/** "#site.#tenant": "domain", "state" and "hold" are words of DynamoDB. */
const withoutReserved = (path: string): string => path.replaceAll(/(\w+)/g, '#$1');

const placeOf = (domain: string) => ({ ...siteKey(domain), gsi1pk: SITES_INDEX.partition, gsi1sk: domain });
