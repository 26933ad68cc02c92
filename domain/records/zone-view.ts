import { isAtOrBelow } from '../zones/longest-match.ts';
import type { RecordSet } from './record-set.ts';

/**
 * The part of a hosted zone that decisions about some names need: every set at and below those names, and the sets at
 * the names between them and the zone's own, wildcards included.
 */
export interface ZoneView {
  zone: string;
  sets: RecordSet[];
}

export function setsAt({ sets }: ZoneView, name: string): RecordSet[] {
  return sets.filter((set) => set.name === name);
}

/** A name exists when it or anything below it has records; then no wildcard answers for it. RFC 4592, 2.2.2. */
export function exists({ sets }: ZoneView, name: string): boolean {
  return sets.some((set) => isAtOrBelow(set.name, name));
}

/** The names above `name` within the zone, the nearest first, the zone's own last. */
export function namesAbove(name: string, zone: string): string[] {
  const above: string[] = [];
  for (let at = name; at !== zone; ) {
    at = at.slice(at.indexOf('.') + 1);
    above.push(at);
  }
  return above;
}

/** The wildcard's sets that answer for a name which doesn't exist; empty when it exists or no wildcard covers it. */
export function wildcardSets(view: ZoneView, name: string): RecordSet[] {
  if (exists(view, name)) return [];
  const closest = namesAbove(name, view.zone).find((above) => above === view.zone || exists(view, above));
  return closest === undefined ? [] : setsAt(view, `*.${closest}`);
}

/**
 * Names above `name` that come into being when it does, and that a wildcard answers for today: they would stop
 * answering (failures R31).
 */
export function silencedAbove(view: ZoneView, name: string): string[] {
  return namesAbove(name, view.zone).filter((above) => above !== view.zone && wildcardSets(view, above).length > 0);
}

/** The nearest name above `name`, or itself, that this zone delegates to other name servers. */
export function delegatedAt(view: ZoneView, name: string): RecordSet | undefined {
  return [name, ...namesAbove(name, view.zone)]
    .filter((at) => at !== view.zone)
    .flatMap((at) => setsAt(view, at))
    .find((set) => set.type === 'NS');
}
