import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../../aws/clients.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { listRecordsBelow, PAGE_SIZE } from '../../aws/records/list-records.ts';
import { type ListedZone, listPublicZones } from '../../aws/zones/list-zones.ts';
import { route53Of } from '../../aws/zones/route53-of.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import { roleOf } from '../../domain/sites/dns.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';

/**
 * Pages of records that are read of one account at most: five a second are allowed to all of an account's callers, and a
 * request has to be answered within 30 s. Source: Route 53 API, "Limits", checked 2026-11-29.
 */
export const MOST_PAGES = 30;

/** A record set and the zone that it is in. */
export interface FoundRecord {
  zone: ListedZone;
  set: RecordSet;
}

export interface RecordSearch {
  found: FoundRecord[];
  /** The zones that there was no room to read, by their names. */
  unread: string[];
}

/**
 * The record sets that lead somewhere, in the public zones of this account and of the one that keeps the site's records: the
 * zones of the site's names first, then the smallest, as far as MOST_PAGES goes.
 */
export async function recordsLeadingTo(
  site: Site,
  {
    leads,
    environment,
    clients = client,
  }: { leads: (set: RecordSet) => boolean; environment: Environment; clients?: Clients },
): Promise<RecordSearch> {
  const accounts = [clients(Route53Client), ...(roleOf(site) ? [route53Of(site, environment, clients)] : [])];
  const searches = await Promise.all(accounts.map((route53) => search(route53, { site, leads })));
  return { found: searches.flatMap(({ found }) => found), unread: searches.flatMap(({ unread }) => unread) };
}

async function search(
  route53: Route53Client,
  { site, leads }: { site: Site; leads: (set: RecordSet) => boolean },
): Promise<RecordSearch> {
  const names = namesOf(site).map(({ name }) => name);
  const isOfSite = ({ name }: ListedZone) => names.some((one) => isAtOrBelow(one, name));
  const zones = (await listPublicZones(route53)).toSorted(
    (one, other) => Number(isOfSite(other)) - Number(isOfSite(one)) || pagesOf(one) - pagesOf(other),
  );
  const unread: string[] = [];
  let pages = 0;
  const read = zones.filter((zone) => {
    pages += pagesOf(zone);
    if (pages > MOST_PAGES) unread.push(zone.name);
    return pages <= MOST_PAGES;
  });
  const found = await Promise.all(
    read.map(async (zone) => {
      const sets = await listRecordsBelow(route53, { zoneId: zone.id, name: zone.name });
      return sets.filter(leads).map((set) => ({ zone, set }));
    }),
  );
  return { found: found.flat(), unread };
}

function pagesOf({ recordCount = 1 }: ListedZone): number {
  return Math.max(1, Math.ceil(recordCount / PAGE_SIZE));
}
