import type { Owner } from '../ownership.ts';
import { THEN_AGAIN } from '../removal/obstacle.ts';
import { formerAt } from './adopt.ts';
import type { RecordChange } from './change.ts';
import { deleted, exchange, replaced, restoring } from './exchange.ts';
import { markerSet, readMarker } from './marker.ts';
import { ADDRESS_TYPES, isOurs, markerOf } from './owned.ts';
import { inWords, isSameButSpelling, isSameSet, type RecordSet, targetOf } from './record-set.ts';
import { possibleWildcardCopies, wildcardCopies } from './wildcard-copies.ts';
import { setsAt, wildcardSets, type ZoneView } from './zone-view.ts';

/** Whose records go, and what is known of them. */
export interface Removal {
  /** The names of the site in this zone. */
  names: readonly string[];
  /** Those among the site's whose records are removed after these. */
  later?: readonly string[];
  owner: Owner;
  /** The sets as they were written, validation records included. */
  written: readonly RecordSet[];
  /** The sets that stood in their place before they were taken over. */
  former: readonly RecordSet[];
  /** What a worker that died may have written at a name, unknown to the ledger. */
  expected: (name: string) => readonly RecordSet[];
  /** Whether a set leads to something that is removed after the records. */
  leadsToOurs: (set: RecordSet) => boolean;
}

/** A record that stays, or does not come back, and why. */
export interface KeptRecord {
  set: RecordSet;
  why: string;
}

export interface RemovalPlan {
  changes: RecordChange[];
  /** Sets of ours that are no more, or are another owner's again. */
  gone: RecordSet[];
  left: KeptRecord[];
  /** Records that would dangle, and names that would be without an answer, each with what to do about it. */
  dangling: { set: RecordSet; message: string }[];
}

/**
 * The changes of one zone, to be sent as one batch, that take our records back: exactly what was written, beside our
 * marker; whatever was changed since stays (failures R8). What was taken over comes back in the same batch, so the
 * name never is without an answer. A name that a wildcard answered for before us, and that a validation record below it or
 * below a name above it silences, gets the wildcard's records back until that one goes too (failures R31).
 */
export function planRemoval(view: ZoneView, removal: Removal): RemovalPlan {
  const judged = removal.names.map((name) => judge(view, { ...removal, name }));
  const validating = validationAmong(removal.written);
  const staying = view.sets.filter(
    (set) => validating.some((one) => isSameSet(one, set)) || removal.later?.includes(subjectOf(set.name)),
  );
  const passing = new Set([
    ...judged.flatMap(({ mine, marker }) => [...mine, ...(marker ? [marker] : [])]),
    ...view.sets.filter((set) => removal.written.some((written) => isSameButSpelling(written, set))),
    ...staying,
  ]);
  const comingBack = judged.flatMap(({ back }) => back);
  const bare: ZoneView = { zone: view.zone, sets: [...view.sets.filter((set) => !passing.has(set)), ...comingBack] };
  const plans = judged.map(({ name, mine, marker, back }) => {
    const copies =
      marker && back.length === 0 && isSilenced(bare, { name, by: staying }) ? wildcardCopies(bare, name) : [];
    if (copies.length > 0 && marker) {
      const gone = mine.filter((set) => !copies.some((copy) => targetOf(copy) === targetOf(set)));
      return { changes: giveBack({ name, mine, marker, copies, owner: removal.owner }), gone };
    }
    const gone = [...mine, ...(marker ? [marker] : [])];
    return { changes: exchange(gone, back).map(restoring), gone };
  });
  return {
    changes: plans.flatMap(({ changes }) => changes),
    gone: plans.flatMap(({ gone }) => gone),
    left: judged.flatMap(({ left }) => left),
    dangling: judged.flatMap(({ dangling }) => dangling),
  };
}

/** The changes that take our markers away and leave the records, which are anybody's from then on. */
export function planUnmarking(
  view: ZoneView,
  { names, owner, written }: Pick<Removal, 'names' | 'owner' | 'written'>,
): RemovalPlan {
  const markers = names.flatMap((name) => (isOurs(view, { name, owner }) ? (markerOf(view, name) ?? []) : []));
  const kept = written.filter((set) => names.includes(subjectOf(set.name)) && !isValidation(set));
  return { changes: markers.map(deleted), gone: [...kept, ...markers], left: [], dangling: [] };
}

/** Whether a wildcard would answer for the name but for some sets: one below it, or one that brings a name above it into being. */
export function isSilenced(
  { zone, sets }: ZoneView,
  { name, by }: { name: string; by: readonly RecordSet[] },
): boolean {
  const without: ZoneView = { zone, sets: sets.filter((set) => !by.includes(set)) };
  return wildcardSets(without, name).length > 0 && wildcardSets({ zone, sets: [...sets, ...by] }, name).length === 0;
}

interface Judged {
  name: string;
  mine: RecordSet[];
  marker: RecordSet | undefined;
  /** What stood there before and comes back. */
  back: RecordSet[];
  left: KeptRecord[];
  dangling: RemovalPlan['dangling'];
}

function judge(view: ZoneView, { name, owner, ...known }: Removal & { name: string }): Judged {
  const marked = isOurs(view, { name, owner });
  const former = formerAt(known.former, name);
  const judged: Judged = {
    name,
    mine: [],
    marker: marked ? markerOf(view, name) : undefined,
    back: [],
    left: [],
    dangling: [],
  };
  const others: RecordSet[] = [];
  // A removal that was cut short has left copies of a wildcard, which no step has written.
  const recognized = [...known.written, ...known.expected(name), ...possibleWildcardCopies(view, name)];
  for (const set of setsAt(view, name)) {
    const wrote = known.written.some((written) => written.name === set.name && written.type === set.type);
    const same = recognized.some((one) => isSameButSpelling(one, set));
    if (marked && same) {
      judged.mine.push(set);
      continue;
    }
    others.push(set);
    if (former.some((one) => isSameSet(one, set))) continue;
    if (known.leadsToOurs(set)) judged.dangling.push({ set, message: wouldDangle(set, marked) });
    else if (wrote)
      judged.left.push({
        set,
        why: marked ? 'it was changed since by another tool or person' : 'it is no longer marked as ours',
      });
  }
  return marked ? putBack(judged, { former, others }) : judged;
}

/** What was taken over comes back, except where something stands by now that it can't stand beside. */
function putBack(
  judged: Judged,
  { former, others }: { former: readonly RecordSet[]; others: readonly RecordSet[] },
): Judged {
  const missing = former.filter((set) => !others.some((one) => isSameSet(one, set)));
  const rivals = (set: RecordSet) => others.filter((one) => one.name === set.name && areRivals(one, set));
  const back = missing.filter((set) => rivals(set).length === 0);
  const blocked = missing.filter((set) => !back.includes(set));
  if (![...back, ...others].some(({ type }) => ADDRESS_TYPES.includes(type))) {
    const names = blocked.map((set) => ({ set, message: wouldBeSilent(set, rivals(set)) }));
    return { ...judged, back, dangling: [...judged.dangling, ...names] };
  }
  const left = blocked.map((set) => ({
    set,
    why: `it was adopted, and cannot come back beside ${rivals(set).map(inWords).join('; ')}, which came since`,
  }));
  return { ...judged, back, left: [...judged.left, ...left] };
}

/** Whether two sets of one name can't stand together. Source: RFC 1034, 3.6.2, and ChangeResourceRecordSets, checked 2026-11-22. */
function areRivals(one: RecordSet, other: RecordSet): boolean {
  return one.type === other.type || one.type === 'CNAME' || other.type === 'CNAME';
}

function wouldBeSilent(set: RecordSet, rivals: readonly RecordSet[]): string {
  return `Cannot remove the records of this site: ${inWords(set)} was adopted, and cannot come back beside ${rivals.map(inWords).join('; ')}, which came since; "${set.name}" would be without an answer. Remove what came, ${THEN_AGAIN}`;
}

function wouldDangle(set: RecordSet, marked: boolean): string {
  const whose = marked ? 'is not as it was written' : 'is not marked as ours';
  return `Cannot remove the records of this site: ${inWords(set)} ${whose}, and leads to what would be removed. Delete it or point it elsewhere, ${THEN_AGAIN}`;
}

/** From our records to the wildcard's, in one go: the name never is without an answer. */
function giveBack({
  name,
  mine,
  marker,
  copies,
  owner,
}: {
  name: string;
  mine: RecordSet[];
  marker: RecordSet;
  copies: RecordSet[];
  owner: Owner;
}): RecordChange[] {
  const changes = exchange(mine, copies);
  if (changes.length === 0) return [];
  const generation = (readMarker(marker)?.generation ?? 0) + 1;
  return [...changes, replaced(marker, markerSet(name, { ...owner, generation }))];
}

/** The name that a record is about: validation records and markers stand in a label of their own below it. */
export function subjectOf(name: string): string {
  return name.startsWith('_') ? name.slice(name.indexOf('.') + 1) : name;
}

function isValidation({ name, type }: RecordSet): boolean {
  return type === 'CNAME' && name.startsWith('_');
}

/**
 * What is said wherever one is to be deleted. A plan has few reads: the step that deletes it looks in the other regions, and
 * retains it where one needs it.
 */
export function deletedUnless(set: RecordSet): string {
  return isValidation(set) ? ', unless a certificate in another region is renewed by it' : '';
}

/** The validation records among sets that were written. */
export function validationAmong(written: readonly RecordSet[]): RecordSet[] {
  return written.filter(isValidation);
}
