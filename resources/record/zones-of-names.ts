import type { Route53Client } from '@aws-sdk/client-route-53';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { subjectOf } from '../../domain/records/removal.ts';
import { roleOf } from '../../domain/sites/dns.ts';
import { ownNames } from '../../domain/sites/own-names.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import { readZoneViews, type ViewedZone } from './zone-views.ts';

/**
 * Every public zone of the account that could hold a record of ours, read now: not only the one that would be chosen
 * today, for zones come and go. The names are those declared, now or before, and those that have records. None in another
 * account before a name was proven: nothing was written there.
 */
export async function readZonesOfNames(route53: Route53Client, record: SiteRecord): Promise<ViewedZone[]> {
  const { site, proven = {} } = record.item;
  if (roleOf(site) && Object.keys(proven).length === 0) return [];
  const written = madeOf(record, 'record').flatMap(({ written }) => (written ? [subjectOf(written.set.name)] : []));
  const names = [...new Set([...ownNames(record.item), ...written])];
  const zones = (await listPublicZones(route53)).map((zone) => ({
    ...zone,
    names: names.filter((name) => isAtOrBelow(name, zone.name)),
    nameServers: [],
    ours: false,
  }));
  return readZoneViews(
    route53,
    zones.filter((zone) => zone.names.length > 0),
  );
}
