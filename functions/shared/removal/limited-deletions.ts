import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Environment } from '../../../aws/environment.ts';
import { type Change, isActive } from '../../../domain/changes/change.ts';
import { recordNameOf } from '../../../domain/changes/record-changes.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { RecordChange } from '../../../domain/records/change.ts';
import type { ZoneDeletions } from '../../../domain/records/deletion-limits.ts';
import { created, deleted, replaced } from '../../../domain/records/exchange.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { longestMatch, type Zone } from '../../../domain/zones/longest-match.ts';
import { readDeletions, type ZoneChanges } from './read-deletions.ts';

interface Changing {
  site: Site;
  /** The site as it is. */
  record: SiteRecord | undefined;
  route53: Route53Client;
  /** The public zones of the account. */
  zones: readonly Zone[];
  environment: Environment;
}

/**
 * What a change deletes, by zone, of a site that viewers know: no more of its records go than was seen to go. Undefined
 * where deletions are not limited.
 */
export async function limitedDeletions(
  changes: readonly Change[],
  { site, record, route53, zones, environment }: Changing,
): Promise<ZoneDeletions[] | undefined> {
  const isLimited = isDeclared(record?.item) && record.item.liveAt !== undefined && !isExternal(site);
  if (!isLimited) return undefined;
  return readDeletions(route53, recordChanges(changes, zones), environment.stackName);
}

/** What a plan does to records, zone by zone. */
function recordChanges(changes: readonly Change[], zones: readonly Zone[]): ZoneChanges[] {
  const found = new Map<string, { zone: Zone; changes: RecordChange[] }>();
  for (const change of changes) {
    const { verb, resource, before, after } = change;
    const zone = longestMatch(recordNameOf(change), zones);
    if (resource.type !== 'record' || !isActive({ verb }) || !zone) continue;
    const inZone = found.get(zone.id) ?? { zone, changes: [] };
    inZone.changes.push(...recordChange(before as RecordSet | undefined, after as RecordSet | undefined));
    found.set(zone.id, inZone);
  }
  return [...found.values()];
}

function recordChange(before: RecordSet | undefined, after: RecordSet | undefined): RecordChange[] {
  if (before) return [after ? replaced(before, after) : deleted(before)];
  return after ? [created(after)] : [];
}
