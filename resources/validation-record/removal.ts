import type { RecordChange } from '../../domain/records/change.ts';
import { deleted, exchange, restoring } from '../../domain/records/exchange.ts';
import { isOurs, markerOf } from '../../domain/records/owned.ts';
import { isSameButSpelling, isSameSet, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import {
  deletedUnless,
  isSilenced,
  type Removal,
  type RemovalPlan,
  validationAmong,
} from '../../domain/records/removal.ts';
import { possibleWildcardCopies } from '../../domain/records/wildcard-copies.ts';
import { setsAt, type ZoneView } from '../../domain/records/zone-view.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';

/** How validation records are removed from a zone, and which stay. */
export type ValidationRemoval = Omit<RemovalPlan, 'dangling'>;

/**
 * The changes that take our validation records back, except those that another certificate `needs`, by the reason (failures, finding 2),
 * and with the last one below a name the wildcard's records there. What was taken over for them comes back.
 */
export function planValidationRemoval(
  view: ZoneView,
  {
    names,
    owner,
    written,
    former,
    needs,
    isKept = false,
  }: Pick<Removal, 'names' | 'owner' | 'written' | 'former'> & {
    needs: (name: string) => string | undefined;
    /** Whether they stay, and are the site's no more. */
    isKept?: boolean;
  },
): ValidationRemoval {
  const ours = validationAmong(written);
  const standing = view.sets.filter(
    (set) => ours.some((one) => targetOf(one) === targetOf(set)) && !former.some((one) => isSameSet(one, set)),
  );
  const changed = standing.filter((set) => !ours.some((one) => isSameSet(one, set)));
  const needed = standing.filter((set) => !changed.includes(set) && needs(set.name) !== undefined);
  const gone = standing.filter((set) => !changed.includes(set) && !needed.includes(set));
  const marks = names.flatMap((name) => {
    const marker = isOurs(view, { name, owner }) ? markerOf(view, name) : undefined;
    return marker ? [{ name, marker }] : [];
  });
  if (isKept) {
    const markers = marks.map(({ marker }) => marker);
    return { changes: markers.map(deleted), gone: [...ours, ...markers], left: [] };
  }
  const passing = new Set([...gone, ...marks.flatMap(({ name, marker }) => [marker, ...setsAt(view, name)])]);
  const bare: ZoneView = { zone: view.zone, sets: view.sets.filter((set) => !passing.has(set)) };
  const staying = [...needed, ...changed];
  const free = marks.filter(
    ({ name }) => !staying.some((set) => isAtOrBelow(set.name, name)) && !isSilenced(bare, { name, by: staying }),
  );
  const isCopy = (set: RecordSet, name: string) =>
    possibleWildcardCopies(view, name).some((one) => isSameSet(one, set));
  const copies = free.flatMap(({ name, marker }) => {
    const mine = (set: RecordSet) => isCopy(set, name) || written.some((one) => isSameButSpelling(one, set));
    return [...setsAt(view, name).filter(mine), marker];
  });
  const bound = marks
    .filter((mark) => !free.includes(mark))
    .flatMap(({ name, marker }) => [...setsAt(view, name).filter((set) => isCopy(set, name)), marker]);
  const back = former.filter(({ name }) => gone.some((set) => set.name === name));
  return {
    changes: [...copies.map(deleted), ...exchange(gone, back).map(restoring)].map(withCondition),
    gone: [...copies, ...gone],
    left: [
      ...bound.map((set) => ({ set, why: 'it stands in for a wildcard that a record which stays would silence' })),
      ...changed.map((set) => ({ set, why: 'it was changed since by another tool or person' })),
      ...needed.map((set) => ({ set, why: needs(set.name) ?? '' })),
    ],
  };
}

function withCondition(change: RecordChange): RecordChange {
  if (change.verb !== 'delete' || !change.before) return change;
  return { ...change, message: `${change.message}${deletedUnless(change.before)}` };
}
