import type { Owner } from '../ownership.ts';
import { adopting } from './adopt.ts';
import type { RecordChange } from './change.ts';
import { created, exchange, replaced } from './exchange.ts';
import { markerName, markerSet, readMarker } from './marker.ts';
import { ADDRESS_TYPES, isOurs, markerOf } from './owned.ts';
import type { RecordSet } from './record-set.ts';
import { wildcardCopies } from './wildcard-copies.ts';
import { setsAt, type ZoneView } from './zone-view.ts';

/**
 * The changes of one zone that make `desired` true, each of them naming what it replaces: to be sent as one batch. Asks
 * `conflictAt()` first: what stands at a name is ours here, or to be adopted. Empty when everything stands already.
 */
export function planRecords(
  view: ZoneView,
  { desired, owner }: { desired: RecordSet[]; owner: Owner },
): RecordChange[] {
  const names = [...new Set(desired.map(({ name }) => name))];
  return names.flatMap((name) => {
    const wanted = desired.filter((set) => set.name === name);
    const ours = isOurs(view, { name, owner });
    return marked(view, { name, owner, changes: changesAt(view, { name, wanted, ours }) });
  });
}

/** The stand-ins for the names among `names` that only a wildcard answers for, each with our marker. */
export function planWildcardCopies(
  view: ZoneView,
  { names, owner }: { names: readonly string[]; owner: Owner },
): RecordChange[] {
  return names.flatMap((name) => {
    const copies = wildcardCopies(view, name);
    return copies.length === 0 ? [] : marked(view, { name, owner, changes: copies.map(created) });
  });
}

function changesAt(view: ZoneView, { name, wanted, ours }: { name: string; wanted: RecordSet[]; ours: boolean }) {
  const standing = setsAt(view, name).filter(({ type }) => ADDRESS_TYPES.includes(type));
  const kept = wildcardCopies(view, name).filter(({ type }) => !ADDRESS_TYPES.includes(type));
  const changes = exchange(standing, [...wanted, ...kept]);
  return ours ? changes : changes.map(adopting);
}

/** The marker moves to the next generation with every batch, so that a batch planned on an older view fails whole. */
export function marked(
  view: ZoneView,
  { name, owner, changes }: { name: string; owner: Owner; changes: RecordChange[] },
): RecordChange[] {
  const marker = isOurs(view, { name, owner }) ? markerOf(view, name) : undefined;
  if (marker && changes.length === 0) return [];
  const generation = (marker && readMarker(marker)?.generation) ?? 0;
  const after = markerSet(name, { ...owner, generation: generation + 1 });
  if (marker) return [...changes, replaced(marker, after)];
  return [...changes, ...exchange(setsAt(view, markerName(name)), [after]).map(adopting)];
}
