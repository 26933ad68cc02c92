import { applied } from '../records/applied.ts';
import type { RecordChange } from '../records/change.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../records/record-set.ts';
import type { RemovalPlan } from '../records/removal.ts';
import type { ZoneView } from '../records/zone-view.ts';
import type { SeenZone } from '../zones/seen-zone.ts';
import { type Change, isActive, kept, type Unphased } from './change.ts';

/** The zone as decisions see it: a new one is empty. Undefined when it isn't known which zone it is. */
export function viewOf(zone: SeenZone): ZoneView | undefined {
  if (zone.kind === 'existing') return zone.view;
  return zone.kind === 'new' ? { zone: zone.name, sets: [] } : undefined;
}

/** The zone once the changes of its records are made, as later resources find it. */
export function viewAfter(
  view: ZoneView,
  changes: readonly Pick<Change, 'verb' | 'resource' | 'before' | 'after'>[],
): ZoneView {
  const made = changes.filter(({ verb, resource }) => isActive({ verb }) && resource.type === 'record');
  return applied(view, made as readonly { before?: RecordSet; after?: RecordSet }[]);
}

/** The name that a change of a record is about; of a validation record that ACM names later, the name that it validates. */
export function recordNameOf({ resource, before, after }: Change): string {
  return (
    (after as Partial<RecordSet> | undefined)?.name ?? (before as Partial<RecordSet> | undefined)?.name ?? resource.name
  );
}

/** Records that keep a name from being taken. */
export function recordConflict(name: string, standing: readonly RecordSet[], message: string): Unphased {
  return { verb: 'conflict', resource: { type: 'record', name }, before: { records: standing }, message };
}

/** A change of a record set as a plan tells it. */
export function changeOf({ verb, target, before, after, adopts, restores, message }: RecordChange): Unphased {
  return {
    verb: adopts ? 'adopt' : restores ? 'restore' : verb === 'replace' ? 'update' : verb,
    resource: { type: 'record', name: target },
    ...(before && { before }),
    ...(after && { after }),
    message,
  };
}

/** A record that stays as it is, or was adopted so. */
export function keptSet(set: RecordSet, adopted: readonly RecordSet[] = []): Unphased {
  const how = adopted.some((one) => isSameSet(one, set)) ? 'Adopt' : 'Keep';
  const rest = how === 'Adopt' ? ': it was adopted as it stands, which is as it is declared' : '';
  return kept({ type: 'record', name: targetOf(set) }, set, `${how} ${inWords(set)}${rest}`);
}

/** What a removal does in one zone, and what it retains or stops at. */
export function recordsReleased({
  changes,
  left,
  dangling = [],
}: Partial<RemovalPlan> & Pick<RemovalPlan, 'changes' | 'left'>): Unphased[] {
  return [
    ...changes.map(changeOf),
    ...left.map(({ set, why }): Unphased => {
      const message = `Leave ${inWords(set)}: ${why}`;
      return { verb: 'retain', resource: { type: 'record', name: targetOf(set) }, before: set, message };
    }),
    ...dangling.map(
      ({ set, message }): Unphased => ({
        verb: 'conflict',
        resource: { type: 'record', name: targetOf(set) },
        before: set,
        message,
      }),
    ),
  ];
}
