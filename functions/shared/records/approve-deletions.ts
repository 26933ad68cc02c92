import { createHash } from 'node:crypto';
import type { Route53Client } from '@aws-sdk/client-route-53';
import { listRecordsBelow } from '../../../aws/records/list-records.ts';
import {
  type Blast,
  blastOf,
  deletionLine,
  deletionsIn,
  isBeyondLimits,
  MOST_DELETIONS,
  MOST_PERCENT,
} from '../../../domain/records/blast.ts';
import type { RecordChange } from '../../../domain/records/change.ts';
import type { Zone } from '../../../domain/zones/longest-match.ts';
import { locationOf, Refusal } from '../api/api.ts';

/** The changes that a plan makes in one zone. */
export interface ZoneChanges {
  zone: Zone;
  changes: readonly RecordChange[];
}

interface Asked {
  domain: string;
  stack: string;
  /** The checksum that came with the request. */
  approve: string | undefined;
}

/**
 * The record sets that an operation may delete, a line each, for the ledger to keep: its steps delete nothing else.
 *
 * @throws {Refusal} "needs-approval" with the list when it is more than goes unasked, or not the one that was approved
 */
export async function approvedDeletions(
  route53: Route53Client,
  planned: readonly ZoneChanges[],
  asked: Asked,
): Promise<string[]> {
  const deleting = planned.filter(({ changes }) => deletionsIn(changes).length > 0);
  const blasts = await Promise.all(deleting.map((each) => seen(route53, each, asked.stack)));
  const lines = blasts.flatMap(({ zone, deletions }) => deletions.map((set) => deletionLine(zone, set)));
  const checksum = createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
  if (asked.approve === checksum || (asked.approve === undefined && !blasts.some(isBeyondLimits))) return lines;
  throw refusal(blasts, { ...asked, lines, checksum });
}

async function seen(route53: Route53Client, { zone, changes }: ZoneChanges, stack: string): Promise<Blast> {
  const sets = await listRecordsBelow(route53, { zoneId: zone.id, name: zone.name });
  return blastOf(zone, { changes, sets, stack });
}

function refusal(
  blasts: readonly Blast[],
  { domain, approve, lines, checksum }: Asked & { lines: string[]; checksum: string },
): Refusal {
  const counts = blasts.map(({ zone, deletions, ours }) => `${deletions.length} of our ${ours} in "${zone.name}"`);
  const what = `it deletes ${counts.join(', ') || 'no record set'}`;
  const why =
    approve === undefined
      ? `${what}, and unasked at most ${MOST_DELETIONS} go and ${MOST_PERCENT} % of what is ours in a zone`
      : `the deletions are not those that were approved; by now ${what}`;
  const detail = `Cannot go on with "${domain}": ${why}. Look at the list, then ask again with "approve": "${checksum}" in the body`;
  return new Refusal('needs-approval', detail, {
    headers: { location: locationOf(domain) },
    errors: lines.map((line) => ({ pointer: '#/approve', detail: line })),
    approval: {
      checksum,
      zones: blasts.map(({ zone, deletions, ours }) => ({ zone: zone.name, deletions: deletions.length, ours })),
      limits: { deletions: MOST_DELETIONS, percent: MOST_PERCENT },
    },
  });
}
