import type { Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../../aws/error-code.ts';
import { type Below, listRecordsBelow, PAGE_SIZE } from '../../aws/records/list-records.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { Failure } from '../../domain/errors.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import { namesAbove, type ZoneView } from '../../domain/records/zone-view.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';

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
  if (isStandIn(zone.id)) return { zone: zone.name, sets: [] };
  const tops = zone.names.filter((name) => !zone.names.some((other) => other !== name && isAtOrBelow(name, other)));
  const above = new Set(tops.flatMap((name) => namesAbove(name, zone.name)));
  try {
    const listings = await listEach(route53, zone, [
      ...tops.map((name) => ({ name })),
      ...[...above].map((name) => ({ name: `*.${name}`, limit: SETS_OF_A_NAME })),
      ...[...above].filter((name) => name !== zone.name).map((name) => ({ name, limit: SETS_OF_A_NAME })),
    ]);
    return { zone: zone.name, sets: distinct(listings.flat()) };
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (isCode(error, 'NoSuchHostedZone')) {
      throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${zone.name}"`, { cause: error });
    }
    throw error;
  }
}

/** Each of the listings; out of one of the whole zone where that is known to take fewer pages. */
async function listEach(
  route53: Route53Client,
  { id: zoneId, name, recordCount }: SiteZone,
  wanted: readonly Omit<Below, 'zoneId'>[],
): Promise<RecordSet[][]> {
  if (recordCount === undefined || Math.ceil(recordCount / PAGE_SIZE) >= wanted.length) {
    return Promise.all(wanted.map((each) => listRecordsBelow(route53, { zoneId, ...each })));
  }
  const all = await listRecordsBelow(route53, { zoneId, name });
  return wanted.map((each) => all.filter((set) => isAtOrBelow(set.name, each.name)).slice(0, each.limit));
}

function distinct(sets: RecordSet[]): RecordSet[] {
  return [...new Map(sets.map((set) => [`${set.name} ${set.type} ${set.setIdentifier ?? ''}`, set])).values()];
}
