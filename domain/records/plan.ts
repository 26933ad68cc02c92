import type { Owner } from '../ownership.ts';
import type { RecordChange } from './change.ts';
import { ADDRESS_TYPES, markerOf } from './in-the-way.ts';
import { markerSet, readMarker } from './marker.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from './record-set.ts';
import { standIns } from './stand-ins.ts';
import { setsAt, type ZoneView } from './zone-view.ts';

/**
 * The changes of one zone that make `desired` true, each of them naming what it replaces: to be sent as one batch. Asks
 * `inTheWay()` first: what stands at a name is taken for ours here. Empty when everything stands already.
 */
export function planRecords(
  view: ZoneView,
  { desired, owner }: { desired: RecordSet[]; owner: Owner },
): RecordChange[] {
  const names = [...new Set(desired.map(({ name }) => name))];
  return names.flatMap((name) => {
    const wanted = desired.filter((set) => set.name === name);
    return marked(view, { name, owner, changes: changesAt(view, { name, wanted }) });
  });
}

/** The stand-ins for the names among `names` that only a wildcard answers for, each with our marker. */
export function planStandIns(
  view: ZoneView,
  { names, owner }: { names: readonly string[]; owner: Owner },
): RecordChange[] {
  return names.flatMap((name) => marked(view, { name, owner, changes: standIns(view, name).map(created) }));
}

function changesAt(view: ZoneView, { name, wanted }: { name: string; wanted: RecordSet[] }): RecordChange[] {
  const standing = setsAt(view, name).filter(({ type }) => ADDRESS_TYPES.includes(type));
  const kept = standIns(view, name).filter(({ type }) => !ADDRESS_TYPES.includes(type));
  return [
    ...standing.filter(({ type }) => !wanted.some((set) => set.type === type)).map(deleted),
    ...[...wanted, ...kept].flatMap((after) => {
      const before = standing.find(({ type }) => type === after.type);
      if (!before) return [created(after)];
      return isSameSet(before, after) ? [] : [replaced(before, after)];
    }),
  ];
}

/** The marker moves to the next generation with every batch, so that a batch planned on an older view fails whole. */
function marked(
  view: ZoneView,
  { name, owner, changes }: { name: string; owner: Owner; changes: RecordChange[] },
): RecordChange[] {
  if (changes.length === 0) return [];
  const before = markerOf(view, name);
  const generation = (before && readMarker(before)?.generation) ?? 0;
  const after = markerSet(name, { ...owner, generation: generation + 1 });
  return [...changes, before ? replaced(before, after) : created(after)];
}

export function created(after: RecordSet): RecordChange {
  return { verb: 'create', target: targetOf(after), after, message: `Create ${inWords(after)}` };
}

export function replaced(before: RecordSet, after: RecordSet): RecordChange {
  const message = `Replace ${inWords(before)} by ${inWords(after)}`;
  return { verb: 'replace', target: targetOf(after), before, after, message };
}

export function deleted(before: RecordSet): RecordChange {
  return { verb: 'delete', target: targetOf(before), before, message: `Delete ${inWords(before)}` };
}
