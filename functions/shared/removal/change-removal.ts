import type { Route53Client } from '@aws-sdk/client-route-53';
import { type Change, isActive } from '../../../domain/changes/change.ts';
import { recordNameOf } from '../../../domain/changes/record-changes.ts';
import type { RecordChange } from '../../../domain/records/change.ts';
import { deletionsIn } from '../../../domain/records/deletion-limits.ts';
import { created, deleted, replaced } from '../../../domain/records/exchange.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import type { AddressLoss } from '../../../domain/servers/address-loss.ts';
import { longestMatch, type Zone } from '../../../domain/zones/longest-match.ts';
import { type Approved, approvedRemoval, type ZoneChanges } from './approved-removal.ts';

interface Judging {
  route53: Route53Client;
  /** The public zones of the account. */
  zones: readonly Zone[];
  domain: string;
  stack: string;
  obstacles: readonly Obstacle[];
  loss: AddressLoss | undefined;
  /** Whether the whole plan was seen, and is carried out as it was. */
  planned: boolean;
  /** The checksum of the deletions, as a refusal showed it. */
  approve: string | undefined;
}

/**
 * What a change may delete and retain, for the ledger to keep.
 *
 * @throws {Refusal} "needs-approval" when it is more than goes unasked, and neither it nor the plan was seen
 */
export async function changeRemoval(
  changes: readonly Change[],
  { route53, zones, planned, ...asked }: Judging,
): Promise<Approved> {
  const byZone = recordChanges(changes, zones);
  if (!planned) return approvedRemoval(route53, byZone, asked);
  return {
    deletes: byZone.flatMap(({ zone, changes: inZone }) =>
      deletionsIn(inZone).map((set) => ({ zoneId: zone.id, set })),
    ),
    retains: asked.obstacles.map(({ id }) => id),
    ...(asked.loss && { loses: [asked.loss.address] }),
  };
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
