import { NoSuchHostedZone, type Route53Client } from '@aws-sdk/client-route-53';
import { listRecordsBelow } from '../aws/records/list-records.ts';
import { Failure } from '../domain/errors.ts';
import type { RecordSet } from '../domain/records/record-set.ts';
import { namesAbove, type ZoneView } from '../domain/records/zone-view.ts';
import { isAtOrBelow } from '../domain/zones/longest-match.ts';
import type { SiteZone } from '../domain/zones/site-zone.ts';

/** More sets than one name ever has; a few of what lies below don't hurt. */
const SETS_OF_A_NAME = 20;

export interface ViewedZone extends SiteZone {
  view: ZoneView;
}

/** What decisions about the site's names need to know of its zones, read now. */
export function readZoneViews(route53: Route53Client, zones: readonly SiteZone[]): Promise<ViewedZone[]> {
  return Promise.all(zones.map(async (zone) => ({ ...zone, view: await readZoneView(route53, zone) })));
}

/** Everything at and below the names, and what stands at each name above them, with its wildcard. */
async function readZoneView(route53: Route53Client, zone: SiteZone): Promise<ZoneView> {
  const below = (name: string, limit?: number) =>
    listRecordsBelow(route53, { zoneId: zone.id, name, ...(limit !== undefined && { limit }) });
  const tops = zone.names.filter((name) => !zone.names.some((other) => other !== name && isAtOrBelow(name, other)));
  const above = new Set(tops.flatMap((name) => namesAbove(name, zone.name)));
  try {
    const listings = await Promise.all([
      ...tops.map((name) => below(name)),
      ...[...above].map((name) => below(`*.${name}`, SETS_OF_A_NAME)),
      ...[...above].filter((name) => name !== zone.name).map((name) => below(name, SETS_OF_A_NAME)),
    ]);
    return { zone: zone.name, sets: distinct(listings.flat()) };
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (error instanceof NoSuchHostedZone) {
      throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${zone.name}"`, { cause: error });
    }
    throw error;
  }
}

function distinct(sets: RecordSet[]): RecordSet[] {
  return [...new Map(sets.map((set) => [`${set.name} ${set.type} ${set.setIdentifier ?? ''}`, set])).values()];
}
