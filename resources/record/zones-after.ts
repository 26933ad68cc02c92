import type { Change } from '../../domain/changes/change.ts';
import { recordNameOf, viewAfter } from '../../domain/changes/record-changes.ts';
import { longestMatch } from '../../domain/zones/longest-match.ts';
import type { ViewedZone } from './zone-views.ts';

/** Zones as they are once the changes of other resources are made in them: each decides from what the ones before it leave. */
export function zonesAfter<Zone extends ViewedZone>(zones: readonly Zone[], changes: readonly Change[]): Zone[] {
  return zones.map((zone) => {
    const here = changes.filter((change) => longestMatch(recordNameOf(change), zones)?.name === zone.name);
    return { ...zone, view: viewAfter(zone.view, here) };
  });
}
