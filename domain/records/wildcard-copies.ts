import type { RecordSet } from './record-set.ts';
import { namesAbove, setsAt, wildcardSets, type ZoneView } from './zone-view.ts';

/**
 * Copies, under the name itself, of what a wildcard answers for it today. A record below the name (the certificate's
 * validation record) or at it makes the name exist, and from then on the wildcard is silent about it: all that it said
 * must stand there in the same batch (failures, finding 1 and R31).
 */
export function wildcardCopies(view: ZoneView, name: string): RecordSet[] {
  return wildcardSets(view, name).map((set) => ({ ...set, name }));
}

/**
 * Every copy that may have been made for a name, of each wildcard above it: what else exists in the zone may be of the
 * same site, and hide today the wildcard that answered when the copy was made.
 */
export function possibleWildcardCopies(view: ZoneView, name: string): RecordSet[] {
  return namesAbove(name, view.zone).flatMap((above) => setsAt(view, `*.${above}`).map((set) => ({ ...set, name })));
}
