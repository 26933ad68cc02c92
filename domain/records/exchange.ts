import type { RecordChange } from './change.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from './record-set.ts';

/**
 * The changes that put `wanted` in the place of `standing`, each naming what it replaces. A set that stands as it is wanted
 * stays; one of the same name, type and identifier gives way to its
 * successor.
 */
export function exchange(standing: readonly RecordSet[], wanted: readonly RecordSet[]): RecordChange[] {
  const gone = standing.filter((set) => !wanted.some((one) => isSameSet(one, set)));
  const come = wanted.filter((set) => !standing.some((one) => isSameSet(one, set)));
  const changes = come.map((after) => {
    const place = gone.findIndex((set) => targetOf(set) === targetOf(after));
    const [before] = place < 0 ? [] : gone.splice(place, 1);
    return before ? replaced(before, after) : created(after);
  });
  return [...gone.map(deleted), ...changes];
}

export function created(after: RecordSet): RecordChange {
  return { verb: 'create', target: targetOf(after), after, message: `Create ${inWords(after)}` };
}

export function replaced(before: RecordSet, after: RecordSet): RecordChange {
  const message = `Replace ${inWords(before)} by ${inWords(after)}`;
  return { verb: 'replace', target: targetOf(before), before, after, message };
}

/** A change that brings back what was adopted. */
export function restoring(change: RecordChange): RecordChange {
  return change.after ? { ...change, restores: true } : change;
}

export function deleted(before: RecordSet): RecordChange {
  return { verb: 'delete', target: targetOf(before), before, message: `Delete ${inWords(before)}` };
}
