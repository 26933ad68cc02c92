import { copiedTo } from '../../../domain/ledger/made-of.ts';
import { applied } from '../../../domain/records/applied.ts';
import { isKept } from '../../../domain/removal/kept.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { zoneObstacles } from '../../../resources/hosted-zone/zone-obstacles.ts';
import { removals } from '../../../resources/record/changes.ts';
import { route53For } from '../../../resources/record/traffic-records.ts';
import type { Looking } from '../../../resources/resource.ts';
import { recordOf, wasKept } from '../../../resources/scope.ts';
import { removals as validationRemovals } from '../../../resources/validation-record/changes.ts';
import type { ZoneChanges } from './read-deletions.ts';
import type { ReadReleases } from './read-releases.ts';

/** What the removing steps do to records, zone by zone. */
export function releasedInZones({ seen, scope }: Pick<ReadReleases, 'seen' | 'scope'>): ZoneChanges[] {
  const { record, 'validation-record': validation } = seen;
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

/**
 * The zones that were made for the site, are to be deleted and will still hold records of others: an undo retains them. A change keeps all
 * zones.
 */
export async function occupiedZones(
  look: Looking,
  { seen, scope }: Pick<ReadReleases, 'seen' | 'scope'>,
): Promise<Obstacle[]> {
  if (scope.site || scope.retainsZone || isKept(scope.keeps, { type: 'hosted zone' })) return [];
  const { released } = seen['validation-record'] ?? {};
  const zones = released ? validationRemovals(released, scope) : [];
  return zoneObstacles(route53For(look, scope), {
    owner: scope.owner,
    zones: zones
      .filter(({ zone: { id } }) => !wasKept(scope, { type: 'hosted zone', id }))
      .map(({ zone: { id, name, view }, removal }) => ({
        id,
        name,
        after: applied(view, removal.changes),
        copied: copiedTo(recordOf(scope), id),
      })),
  });
}
