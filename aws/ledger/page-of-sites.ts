import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { SITES_INDEX, siteKey } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { queryPage } from './query-page.ts';

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

/** A page of the sites by domain, after the domain given; `next` is the last one when there may be more. */
export async function pageOfSites<Read extends object>(
  ledger: Ledger,
  { limit, after, tenant }: SitesPage,
  { read, having }: Wanted,
): Promise<{ items: (Read & Pick<SiteItem, 'domain'>)[]; next?: string }> {
  const filters = [
    ...(tenant === undefined ? [] : ['#site.#tenant = :tenant']),
    ...(having === undefined ? [] : [`attribute_exists(${withoutReserved(having)})`]),
  ];
  const { items, isLast } = await queryPage(ledger, {
    partition: SITES_INDEX.partition,
    limit,
    from: after ? placeOf(after) : undefined,
    query: {
      ProjectionExpression: read.map(withoutReserved).join(', '),
      ExpressionAttributeNames: Object.fromEntries(
        read.flatMap((path) => path.split('.')).map((name) => [withoutReserved(name), name]),
      ),
      ...(tenant !== undefined && { ExpressionAttributeValues: { ':tenant': tenant } }),
      ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
    },
  });
  const shown = items as (Read & Pick<SiteItem, 'domain'>)[];
  const last = isLast ? undefined : shown.at(-1)?.domain;
  return { items: shown, ...(last && { next: last }) };
}

/** "#site.#tenant": "domain", "state" and "hold" are words of DynamoDB. */
const withoutReserved = (path: string): string => path.replaceAll(/(\w+)/g, '#$1');

const placeOf = (domain: string) => ({ ...siteKey(domain), gsi1pk: SITES_INDEX.partition, gsi1sk: domain });
