import type { Owner } from '../ownership.ts';
import { isAtOrBelow } from '../zones/longest-match.ts';
import type { RecordChange } from './change.ts';
import { isOurs, markerOf } from './in-the-way.ts';
import { markerSet, readMarker } from './marker.ts';
import { created, deleted, replaced } from './plan.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from './record-set.ts';
import { standIns } from './stand-ins.ts';
import { setsAt, type ZoneView } from './zone-view.ts';

/** Whose records go, and what is known of them. */
export interface Removal {
  /** The names of the site in this zone. */
  names: readonly string[];
  owner: Owner;
  /** The sets as they were written, validation records included. */
  written: readonly RecordSet[];
  /** What a worker that died may have written at a name, unknown to the ledger. */
  expected: (name: string) => readonly RecordSet[];
  /** Whether a set leads to something that is removed after the records. */
  leadsToOurs: (set: RecordSet) => boolean;
}

/** A record that stays, and why. */
export interface KeptRecord {
  set: RecordSet;
  why: string;
}

export interface RemovalPlan {
  changes: RecordChange[];
  left: KeptRecord[];
  /** Records that would dangle once the edge is gone, each with what to do about it. */
  dangling: string[];
}

/**
 * The changes of one zone, to be sent as one batch, that take our records back: exactly what was written, beside our
 * marker; whatever somebody has changed since stays (failures R8). A name that a wildcard answered for before us, and that
 * a validation record below keeps in being, gets the wildcard's records back until that one goes too (failures R31).
 */
export function planRemoval(view: ZoneView, removal: Removal): RemovalPlan {
  const judged = removal.names.map((name) => judge(view, { ...removal, name }));
  const passing = new Set([
    ...judged.flatMap(({ mine, marker }) => [...mine, ...(marker ? [marker] : [])]),
    ...view.sets.filter((set) => removal.written.some((written) => isSameSet(written, set))),
  ]);
  const bare: ZoneView = { zone: view.zone, sets: view.sets.filter((set) => !passing.has(set)) };
  const below = removal.written.filter(isValidation);
  return {
    changes: judged.flatMap(({ name, mine, marker }) => {
      const kept = view.sets.some((set) => below.some((one) => isSameSet(one, set)) && isAtOrBelow(set.name, name));
      const back = kept && marker ? standIns(bare, name) : [];
      return back.length > 0 && marker
        ? giveBack({ name, mine, marker, back, owner: removal.owner })
        : [...mine, ...(marker ? [marker] : [])].map(deleted);
    }),
    left: judged.flatMap(({ left }) => left),
    dangling: judged.flatMap(({ dangling }) => dangling),
  };
}

interface Judged {
  name: string;
  mine: RecordSet[];
  marker: RecordSet | undefined;
  left: KeptRecord[];
  dangling: string[];
}

function judge(view: ZoneView, { name, owner, ...known }: Removal & { name: string }): Judged {
  const marked = isOurs(view, { name, owner });
  const judged: Judged = { name, mine: [], marker: marked ? markerOf(view, name) : undefined, left: [], dangling: [] };
  for (const set of setsAt(view, name)) {
    const wrote = known.written.some((written) => targetOf(written) === targetOf(set));
    const same = [...known.written, ...known.expected(name)].some((one) => isSameSet(one, set));
    if (marked && same) judged.mine.push(set);
    else if (known.leadsToOurs(set)) judged.dangling.push(wouldDangle(set, marked));
    else if (wrote)
      judged.left.push({ set, why: marked ? 'somebody has changed it since' : 'it is no longer marked as ours' });
  }
  return judged;
}

function wouldDangle(set: RecordSet, marked: boolean): string {
  const whose = marked ? 'is not as it was written' : 'is not marked as ours';
  return `Cannot undo: ${inWords(set)} ${whose}, and leads to what would be removed. Delete it or point it elsewhere, then undo again`;
}

/** From our records to the wildcard's, in one go: the name never is without an answer. */
function giveBack({
  name,
  mine,
  marker,
  back,
  owner,
}: {
  name: string;
  mine: RecordSet[];
  marker: RecordSet;
  back: RecordSet[];
  owner: Owner;
}): RecordChange[] {
  const changes = [
    ...mine.filter(({ type }) => !back.some((set) => set.type === type)).map(deleted),
    ...back.flatMap((after) => {
      const before = mine.find(({ type }) => type === after.type);
      if (!before) return [created(after)];
      return isSameSet(before, after) ? [] : [replaced(before, after)];
    }),
  ];
  if (changes.length === 0) return [];
  const generation = (readMarker(marker)?.generation ?? 0) + 1;
  return [...changes, replaced(marker, markerSet(name, { ...owner, generation }))];
}

function isValidation({ name, type }: RecordSet): boolean {
  return type === 'CNAME' && name.startsWith('_');
}

/** The validation records among sets that were written. */
export function validationAmong(written: readonly RecordSet[]): RecordSet[] {
  return written.filter(isValidation);
}

/**
 * The changes that take our validation records back, except those that another certificate `needs` (failures, finding 2),
 * and with the last one below a name the wildcard's records there.
 */
export function planValidationRemoval(
  view: ZoneView,
  { names, owner, written, needs }: Pick<Removal, 'names' | 'owner' | 'written'> & { needs: (name: string) => boolean },
): Omit<RemovalPlan, 'dangling'> {
  const ours = validationAmong(written);
  const standing = view.sets.filter((set) => ours.some((one) => targetOf(one) === targetOf(set)));
  const changed = standing.filter((set) => !ours.some((one) => isSameSet(one, set)));
  const needed = standing.filter((set) => !changed.includes(set) && needs(set.name));
  const gone = standing.filter((set) => !changed.includes(set) && !needed.includes(set));
  const marks = names.flatMap((name) => {
    const marker = isOurs(view, { name, owner }) ? markerOf(view, name) : undefined;
    return marker ? [{ name, marker }] : [];
  });
  const passing = new Set([...gone, ...marks.flatMap(({ name, marker }) => [marker, ...setsAt(view, name)])]);
  const bare: ZoneView = { zone: view.zone, sets: view.sets.filter((set) => !passing.has(set)) };
  const free = marks.filter(({ name }) => ![...needed, ...changed].some((set) => isAtOrBelow(set.name, name)));
  const copies = free.flatMap(({ name, marker }) => {
    const wildcard = standIns(bare, name);
    const mine = (set: RecordSet) => [...wildcard, ...written].some((one) => isSameSet(one, set));
    return [...setsAt(view, name).filter(mine), marker];
  });
  return {
    changes: [...copies, ...gone].map(deleted),
    left: [
      ...changed.map((set) => ({ set, why: 'somebody has changed it since' })),
      ...needed.map((set) => ({ set, why: 'another certificate of the account is validated and renewed by it' })),
    ],
  };
}
