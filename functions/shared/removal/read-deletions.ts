import type { Route53Client } from '@aws-sdk/client-route-53';
import { listRecordsBelow } from '../../../aws/records/list-records.ts';
import type { RecordChange } from '../../../domain/records/change.ts';
import { deletionsIn, type ZoneDeletions, zoneDeletionsOf } from '../../../domain/records/deletion-limits.ts';
import type { Zone } from '../../../domain/zones/longest-match.ts';

/** The changes that a plan makes in one zone. */
export interface ZoneChanges {
  zone: Zone;
  changes: readonly RecordChange[];
}

/** What the changes delete, seen against all that each zone has; without the zones in which nothing is deleted. */
export function readDeletions(
  route53: Route53Client,
  planned: readonly ZoneChanges[],
  stack: string,
): Promise<ZoneDeletions[]> {
  const deleting = planned.filter(({ changes }) => deletionsIn(changes).length > 0);
  return Promise.all(
    deleting.map(async ({ zone, changes }) => {
      const sets = await listRecordsBelow(route53, { zoneId: zone.id, name: zone.name });
      return zoneDeletionsOf(zone, { changes, sets, stack });
    }),
  );
}
