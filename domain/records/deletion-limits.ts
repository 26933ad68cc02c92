import type { Left } from '../ledger/left.ts';
import type { Zone } from '../zones/longest-match.ts';
import type { RecordChange } from './change.ts';
import { isMarkerName, markerName, readMarker } from './marker.ts';
import { ADDRESS_TYPES } from './owned.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from './record-set.ts';
import { deletedUnless } from './removal.ts';

/**
 * What one plan may delete in one zone unasked: as many record sets as a person takes in at a glance, and less than a
 * third of what is ours there, so that no slip and no bug of ours empties a zone. Source: failures, invariant 17 and S14.
 */
export const MOST_DELETIONS = 5;
export const MOST_PERCENT = 30;

/** What a plan deletes in one zone, and how many record sets of ours stand there, those included. */
export interface ZoneDeletions {
  zone: Zone;
  deletions: RecordSet[];
  ours: number;
}

/** What has to be approved: how much goes of each zone, what goes unasked, and the checksum that lets it go. */
export interface Approval {
  checksum: string;
  zones: { zone: string; deletions: number; ours: number }[];
  limits: { deletions: number; percent: number };
  /** The resources that can't be removed, and stay once it is approved. */
  retained?: Left[];
}

/**
 * The record sets that changes delete, in the order they come, and put nothing in the place of. Owner markers go with their
 * records, and a set that is created anew under its name and type after it was deleted is still there: neither counts. Nor
 * does an AAAA of ours that alone changes at its name, as when `access` no longer lets IPv6 in: the A record answers.
 */
export function deletionsIn(changes: readonly RecordChange[]): RecordSet[] {
  const marked = changes.flatMap(({ before, after }) => (before && after && isMarker(after) ? [after.name] : []));
  const isAlone = ({ name }: RecordSet): boolean =>
    changes.filter(({ before, after }) => isAddressOf(before ?? after, name)).length === 1;
  return changes.flatMap(({ before, after }, place) => {
    if (!before || after || isMarker(before)) return [];
    if (before.type === 'AAAA' && marked.includes(markerName(before.name)) && isAlone(before)) return [];
    return changes.slice(place).some(({ after: later }) => later && isInPlaceOf(later, before)) ? [] : [before];
  });
}

/** Whether a set answers where another one did: one alone, or one of those among which Route 53 chooses. */
function isInPlaceOf({ name, type }: RecordSet, before: RecordSet): boolean {
  return name === before.name && type === before.type;
}

function isAddressOf(set: RecordSet | undefined, name: string): boolean {
  return set !== undefined && set.name === name && ADDRESS_TYPES.includes(set.type);
}

/** What the changes delete in a zone, seen against all that stands there. */
export function zoneDeletionsOf(
  zone: Zone,
  { changes, sets, stack }: { changes: readonly RecordChange[]; sets: readonly RecordSet[]; stack: string },
): ZoneDeletions {
  const deletions = deletionsIn(changes);
  const targets = [...ownSets(sets, stack), ...deletions].map(targetOf);
  return { zone, deletions, ours: new Set(targets).size };
}

/** What is ours of a zone's sets, whichever site's: what leads viewers at a name with our marker, and what validates it. */
function ownSets(sets: readonly RecordSet[], stack: string): RecordSet[] {
  const markers = new Map(sets.filter(isMarker).map((set) => [set.name, readMarker(set)]));
  const isMarked = (name: string) => markers.get(markerName(name))?.stack === stack;
  return sets.filter(({ name, type, values }) => {
    if (ADDRESS_TYPES.includes(type) && isMarked(name)) return true;
    const validates = type === 'CNAME' && values.some((value) => /\.acm-validations\.aws\.?$/i.test(value));
    return validates && isMarked(name.slice(name.indexOf('.') + 1));
  });
}

/** Whether it has to be approved. */
export function isBeyondLimits({ deletions, ours }: ZoneDeletions): boolean {
  return deletions.length > MOST_DELETIONS || deletions.length * 100 > ours * MOST_PERCENT;
}

/** A record set that an operation may delete, and the zone it is in. */
export interface Deletion {
  zoneId: string;
  set: RecordSet;
}

/** Whether a deletion is among those that an operation began with. Earlier versions listed the first words of its line. */
export function isListed(listed: readonly (Deletion | string)[], zone: Zone, set: RecordSet): boolean {
  const line = deletionLine(zone, set);
  return listed.some((each) =>
    typeof each === 'string' ? line.startsWith(each) : each.zoneId === zone.id && isSameSet(each.set, set),
  );
}

/** One line that says what is deleted and where, for the person who approves it. */
export function deletionLine({ id, name }: Zone, set: RecordSet): string {
  return `Delete ${inWords(set)} from the zone "${name}" (${id})${deletedUnless(set)}`;
}

function isMarker({ name, type }: RecordSet): boolean {
  return type === 'TXT' && isMarkerName(name);
}
