import type { Route53Client } from '@aws-sdk/client-route-53';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { Failure } from '../../domain/errors.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import {
  deletionLine,
  deletionsIn,
  isBeyondLimits,
  isListed,
  zoneDeletionsOf,
} from '../../domain/records/deletion-limits.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import { subjectOf } from '../../domain/records/removal.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Zone } from '../../domain/zones/longest-match.ts';

/** What a site's steps may delete: `operation.deletes` when its request was judged, else what goes unasked. */
export interface Allowance {
  item: Pick<SiteItem, 'liveAt' | 'live' | 'operation'>;
  stack: string;
}

/**
 * Looks at a batch before it is sent: a site that was live loses no record set but those that its operation began with,
 * or, where none were listed, no more than goes unasked. One that never was live takes back what it made itself.
 *
 * @throws {Failure} "Refused", naming what would be deleted beyond that
 */
export async function checkDeletions(
  route53: Route53Client,
  changes: readonly RecordChange[],
  { zone, item, stack }: Allowance & { zone: Zone },
): Promise<void> {
  const deletions = deletionsIn(changes).filter((set) => isKnown(set, item.live));
  if (item.liveAt === undefined || deletions.length === 0) return;
  const listed = item.operation?.deletes;
  const unlisted = deletions.filter((set) => !listed || !isListed(listed, zone, set));
  if (unlisted.length === 0) return;
  if (listed) throw refused(zone, unlisted, 'not on the list that the operation began with');
  const sets = await listRecordsBelow(route53, { zoneId: zone.id, name: zone.name });
  const blast = zoneDeletionsOf(zone, { changes, sets, stack });
  if (!isBeyondLimits(blast)) return;
  throw refused(zone, deletions, `${blast.ours} of ours stand in the zone, and that is not approved`);
}

/** Whether viewers know the name: one that only a change has that never came to be live goes like what never was live. */
function isKnown({ name }: RecordSet, live: Site | undefined): boolean {
  return live === undefined || namesOf(live).some((known) => known.name === subjectOf(name));
}

function refused(zone: Zone, sets: readonly RecordSet[], why: string): Failure {
  const [what, them] = sets.length === 1 ? ['1 record set', 'it'] : [`${sets.length} record sets`, 'them'];
  const lines = sets.map((set) => deletionLine(zone, set)).join('; ');
  const next = `Look at ${them}, then ask for the undo or the change again, and approve what its answer lists`;
  return new Failure('Refused', `Cannot delete ${what}: ${why}: ${lines}. ${next}`);
}
