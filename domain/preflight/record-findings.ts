import type { Change } from '../changes/change.ts';
import { viewOf } from '../changes/record-changes.ts';
import { inWords } from '../records/record-set.ts';
import { wildcardSets } from '../records/zone-view.ts';
import type { SeenZone } from '../zones/seen-zone.ts';
import type { PreflightFinding } from './finding.ts';

/** Everything foreign in the way, once: the site stops there. The zones that can't be told apart have a finding of their own. */
export function conflictFindings(changes: readonly Change[]): PreflightFinding[] {
  const conflicts = changes.filter(({ verb, resource }) => verb === 'conflict' && resource.type !== 'hosted zone');
  const found = new Map(conflicts.map(({ message, resource }) => [message, resource.type]));
  return [...found].map(([message, type]) => ({
    severity: 'error',
    check: type === 'record' ? 'recordInTheWay' : 'foreignResourceInTheWay',
    message,
  }));
}

/** Names that only a wildcard answers for today: they get records of their own before anything silences it (R31). */
export function wildcardFindings(zones: readonly SeenZone[]): PreflightFinding[] {
  return zones.flatMap((zone) => {
    const view = viewOf(zone);
    if (!view) return [];
    return zone.names.flatMap((name): PreflightFinding[] => {
      const [wildcard] = wildcardSets(view, name);
      if (!wildcard) return [];
      const message = `Only the wildcard ${inWords(wildcard)} answers for "${name}" today; a record below the name would silence it, so "${name}" gets the same records of its own first`;
      return [{ severity: 'info', check: 'nameServedByWildcard', message }];
    });
  });
}
