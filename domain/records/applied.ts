import { isSameSet, type RecordSet } from './record-set.ts';
import type { ZoneView } from './zone-view.ts';

/** What a set is replaced by; created without the one, deleted without the other. */
interface Exchanged {
  before?: RecordSet | undefined;
  after?: RecordSet | undefined;
}

/** The view once the changes are made, for deciding what comes after them. */
export function applied(view: ZoneView, changes: readonly Exchanged[]): ZoneView {
  const gone = changes.flatMap(({ before }) => before ?? []);
  const come = changes.flatMap(({ after }): RecordSet[] => (after ? [after] : []));
  return { ...view, sets: [...view.sets.filter((set) => !gone.some((one) => isSameSet(one, set))), ...come] };
}
