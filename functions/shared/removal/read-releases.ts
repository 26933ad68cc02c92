import { type Change, isActive } from '../../../domain/changes/change.ts';
import { retainedBy } from '../../../domain/ledger/left.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { elasticIp } from '../../../resources/elastic-ip/elastic-ip.ts';
import type { Seen } from '../../../resources/list.ts';
import { trafficRecords } from '../../../resources/record/traffic-records.ts';
import type { Look, Looking, Scope } from '../../../resources/resource.ts';
import { readReleased } from '../../../resources/walk.ts';
import { recordObstacles } from './record-obstacles.ts';

export interface ReadReleases {
  /** All that is released, and what is retained. */
  changes: Change[];
  /** What keeps something from being released, and what has to stay with it. */
  obstacles: Obstacle[];
  /** Those of them that only this look finds: the removing steps read all others themselves. */
  retained: Obstacle[];
  /** What was read, as it is once what comes before it is released, and what it was decided by. */
  seen: Seen;
  scope: Scope;
}

/** All that is released of a site, and what keeps it from that: read before anything is removed, as the removing steps read it. */
export async function readReleases(look: Looking, scope: Scope): Promise<ReadReleases> {
  const releasing: Look = { ...look, phase: 'release' };
  const [addresses, record] = await Promise.all([
    elasticIp.read(releasing, scope),
    trafficRecords.read(releasing, scope),
  ]);
  const retained = await recordObstacles(look, scope, { addresses, record });
  const deciding = { ...scope, retained };
  const { changes, seen } = await readReleased(look, deciding, { 'elastic-ip': addresses, record });
  return {
    changes: changes.filter((change) => isActive(change) || change.verb === 'retain' || change.verb === 'conflict'),
    obstacles: changes.flatMap(retainedBy),
    retained,
    seen,
    scope: deciding,
  };
}
