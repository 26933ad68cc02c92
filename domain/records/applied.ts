import type { RecordChange } from './change.ts';
import { isSameSet, type RecordSet } from './record-set.ts';
import type { ZoneView } from './zone-view.ts';

/** The view once the changes are made, for deciding what comes after them. */
export function applied(view: ZoneView, changes: readonly RecordChange[]): ZoneView {
  const gone = changes.flatMap(({ before }) => before ?? []);
  const come = changes.flatMap(({ after }): RecordSet[] => (after ? [after] : []));
  return { ...view, sets: [...view.sets.filter((set) => !gone.some((one) => isSameSet(one, set))), ...come] };
}
