import { type Change, isActive } from '../../../domain/changes/change.ts';
import { copiedTo } from '../../../domain/ledger/made-of.ts';
import { applied } from '../../../domain/records/applied.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { elasticIp } from '../../../resources/elastic-ip/elastic-ip.ts';
import { zoneObstacles } from '../../../resources/hosted-zone/zone-obstacles.ts';
import type { Seen } from '../../../resources/list.ts';
import { removals } from '../../../resources/record/changes.ts';
import { route53For, trafficRecords } from '../../../resources/record/traffic-records.ts';
import type { Look, Looking, Scope } from '../../../resources/resource.ts';
import { recordOf } from '../../../resources/scope.ts';
import { removals as validationRemovals } from '../../../resources/validation-record/changes.ts';
import { leftBy, readReleased } from '../../../resources/walk.ts';
import type { ZoneChanges } from './approved-removal.ts';
import { recordObstacles } from './record-obstacles.ts';

export interface ReadReleases {
  /** All that is released, and what is retained. */
  changes: Change[];
  /** What the removing steps do to records, zone by zone. */
  inZones: ZoneChanges[];
  /** What keeps something from being released, and what has to stay with it. */
  obstacles: Obstacle[];
  /** Those of them that only this look finds: the removing steps read all others themselves. */
  retained: Obstacle[];
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
  // A change keeps the zones.
  const zones = scope.site ? [] : await zonesOccupied(seen, look, deciding);
  return {
    changes: changes.filter((change) => isActive(change) || change.verb === 'retain' || change.verb === 'conflict'),
    inZones: inZones(seen, deciding),
    obstacles: [...changes.flatMap(leftBy), ...zones],
    retained,
  };
}

function inZones({ record, 'validation-record': validation }: Seen, scope: Scope): ZoneChanges[] {
  const plans = [
    ...(record?.released
      ? removals(record.released, scope).map(({ zone, plan: { changes } }) => ({ zone, changes }))
      : []),
    ...(validation?.released
      ? validationRemovals(validation.released, scope).map(({ zone, removal: { changes } }) => ({ zone, changes }))
      : []),
  ];
  const ids = [...new Set(plans.map(({ zone }) => zone.id))];
  return ids.flatMap((id) => {
    const here = plans.filter(({ zone }) => zone.id === id);
    const [first] = here;
    return first ? [{ zone: first.zone, changes: here.flatMap(({ changes }) => changes) }] : [];
  });
}

/** The zones that were made for the site and will still hold records of others. */
function zonesOccupied({ 'validation-record': validation }: Seen, look: Looking, scope: Scope): Promise<Obstacle[]> {
  const { released } = validation ?? {};
  const zones = released ? validationRemovals(released, scope) : [];
  return zoneObstacles(route53For(look, scope), {
    owner: scope.owner,
    zones: zones.map(({ zone: { id, name, view }, removal }) => ({
      id,
      name,
      after: applied(view, removal.changes),
      copied: copiedTo(recordOf(scope), id),
    })),
  });
}
