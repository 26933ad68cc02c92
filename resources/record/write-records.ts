import { isDeepStrictEqual } from 'node:util';
import { InvalidChangeBatch, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../../aws/error-code.ts';
import { changeRecords } from '../../aws/records/change-records.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD } from '../../domain/ledger/made-of.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { inWords, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { type Allowance, checkDeletions } from './allowed-deletions.ts';
import { readZoneViews, type ViewedZone } from './zone-views.ts';

/**
 * Makes the changes of one zone that `plan` finds necessary, as one batch. What Route 53 refuses was either done before
 * with its answer lost, or another client changed the zone meanwhile: the zone itself tells which. Where a part of the batch was done,
 * by another step of the site that writes the same records, the rest is sent alone.
 *
 * @returns the change's id, or undefined when nothing was to change
 * @throws {Failure} "Conflict" when the zone changed under our hands, "Refused" when more would go than may
 */
export async function writeRecords(
  route53: Route53Client,
  {
    zone,
    plan,
    comment,
    ...allowance
  }: Allowance & { zone: ViewedZone; plan: (view: ZoneView) => RecordChange[]; comment: string },
): Promise<string | undefined> {
  const changes = plan(zone.view);
  if (changes.length === 0) return undefined;
  await checkDeletions(route53, changes, { zone, ...allowance });
  try {
    return await changeRecords(route53, { zoneId: zone.id, changes, comment });
  } catch (error) {
    // What was adopted may name a health check that was deleted since.
    if (!(error instanceof InvalidChangeBatch || isCode(error, 'NoSuchHealthCheck'))) throw error;
    const view = await viewAgain(route53, zone);
    const rest = plan(view);
    if (rest.length === 0) return undefined;
    if (isPartOf(rest, changes)) return writeRecords(route53, { zone: { ...zone, view }, plan, comment, ...allowance });
    const said = [error.message, ...('messages' in error ? (error.messages ?? []) : [])].filter(Boolean).join(' ');
    const message = `Cannot change the zone "${zone.name}": Route 53 refuses the batch (${said.trim()}). Another tool changes these records, or they are protected from changes; look at them, then repeat the operation`;
    throw new Failure('Conflict', message, { cause: error });
  }
}

/** Whether some of the changes are left, and no others. */
function isPartOf(rest: readonly RecordChange[], changes: readonly RecordChange[]): boolean {
  const isSame = (one: RecordChange, other: RecordChange): boolean =>
    isDeepStrictEqual([one.before, one.after], [other.before, other.after]);
  return rest.length < changes.length && rest.every((one) => changes.some((other) => isSame(one, other)));
}

async function viewAgain(route53: Route53Client, { view: _, ...zone }: ViewedZone): Promise<ZoneView> {
  const [again] = await readZoneViews(route53, [zone satisfies SiteZone]);
  if (!again) throw new Error(`Cannot read the zone "${zone.name}" again`);
  return again.view;
}

/** What a batch made, as the ledger tells it. Owner markers go with their records. */
export function recordsMade(changes: readonly RecordChange[], zoneId: string): Made[] {
  return changes.flatMap(({ after }) => (after ? [recordMade(after, zoneId)] : []));
}

/** A record of ours, as it was written. */
export function recordMade(set: RecordSet, zoneId: string): Made {
  return { type: 'record', id: targetOf(set), ours: true, written: { zoneId, set } };
}

/** A record that is about to be taken over, as it stands: the ledger hears of it before the batch. */
export function recordAdopted(set: RecordSet, zoneId: string): Made {
  return { type: ADOPTED_RECORD, id: targetOf(set), ours: true, detail: inWords(set), before: { zoneId, set } };
}

/** A record that undo has deleted, as the ledger knows it. */
export function recordGone(set: RecordSet): Made {
  return { type: 'record', id: targetOf(set), ours: true };
}
