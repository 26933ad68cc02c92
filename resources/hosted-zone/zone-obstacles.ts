import type { Route53Client } from '@aws-sdk/client-route-53';
import { readZone } from '../../aws/zones/read-zone.ts';
import type { Owner } from '../../domain/ownership.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import type { Obstacle } from '../../domain/removal/obstacle.ts';
import { isMadeFor } from '../../domain/zones/caller-reference.ts';
import { whyForeign } from '../../domain/zones/removal.ts';

/** A hosted zone as it is once the site's records are removed. */
export interface ZoneAfter {
  id: string;
  name: string;
  after: ZoneView;
  /** What was copied into it for the time before its delegation: RemoveZone removes it. */
  copied: readonly RecordSet[];
}

/** The hosted zones that were made for the site and hold records which are not removed: they can't be deleted. */
export async function zoneObstacles(
  route53: Route53Client,
  { owner, zones }: { owner: Owner; zones: readonly ZoneAfter[] },
): Promise<Obstacle[]> {
  const found: Obstacle[] = [];
  for (const { id, name, after, copied } of zones.filter((zone) => zone.name === owner.domain)) {
    const why = whyForeign({ zone: name, sets: after.sets, copied });
    if (why === undefined) continue;
    const { callerReference } = await readZone(route53, id);
    if (isMadeFor(owner, callerReference)) found.push({ type: 'hosted zone', id, why });
  }
  return found;
}
