import { type Change, inPhase, type Unphased } from '../../domain/changes/change.ts';
import { changeOf, keptSet, recordConflict, recordsReleased } from '../../domain/changes/record-changes.ts';
import { formerIn, writtenTo } from '../../domain/ledger/made-of.ts';
import { toAdopt } from '../../domain/records/adopt.ts';
import { ADDRESS_TYPES, markerOf } from '../../domain/records/owned.ts';
import { planRecords } from '../../domain/records/plan.ts';
import { conflictAt } from '../../domain/records/record-conflicts.ts';
import { type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { planRemoval, planUnmarking, type RemovalPlan, subjectOf } from '../../domain/records/removal.ts';
import { delegatedAt, setsAt, wildcardSets, type ZoneView } from '../../domain/records/zone-view.ts';
import { isKept } from '../../domain/removal/kept.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Scope } from '../resource.ts';
import type { ActualRecords, ActualZone, ReleasedZone } from './actual.ts';
import { phaseOf } from './phase.ts';
import { aboutEnds, endsInUse } from './site-ends.ts';

/** What is in the way before anything is written, what is added, what moves, and what is released; one batch a zone and phase. */
export function recordChanges(
  desired: readonly RecordSet[],
  { zones, released }: ActualRecords,
  scope: Scope,
): Change[] {
  return [
    ...zones.flatMap((zone) => zone.names.flatMap((name) => changesOfName(name, { zone, desired, scope }))),
    ...inPhase('release', released ? removals(released, scope).flatMap(({ plan }) => recordsReleased(plan)) : []),
  ];
}

type Seen = Pick<ActualZone, 'names' | 'view' | 'checked'>;

function changesOfName(
  name: string,
  {
    zone: { view, names, checked = view },
    desired,
    scope,
  }: { zone: Seen; desired: readonly RecordSet[]; scope: Scope },
): Change[] {
  const { owner, site } = scope;
  const [cname] = desired.find((set) => set.name === name && set.type === 'CNAME')?.values ?? [];
  const problem = conflictAt(checked, { name, names, owner, cname, adopt: site?.adopt ?? false });
  if (problem !== undefined) return inPhase('prepare', [recordConflict(name, foreignSets(checked, name), problem)]);
  return inPhase(phaseOf(name, scope), traffic(view, { name, desired, owner }));
}

/** How a name that can be taken gets its records. */
function traffic(
  view: ZoneView,
  { name, desired, owner }: { name: string; desired: readonly RecordSet[]; owner: Scope['owner'] },
): Unphased[] {
  const wanted = desired.filter((set) => set.name === name);
  const planned = planRecords(view, { desired: wanted, owner });
  const marker = markerOf(view, name);
  const standing = [...wanted, ...(marker ? [marker] : [])].filter(
    (set) => !planned.some(({ target }) => target === targetOf(set)),
  );
  const adopted = toAdopt(view, { name, owner });
  return [...planned.map(changeOf), ...standing.map((set) => keptSet(set, adopted))];
}

/** The records that keep a name from being taken: its own, its marker, a delegation above it, the wildcard's. */
function foreignSets(view: ZoneView, name: string): RecordSet[] {
  const own = setsAt(view, name).filter(({ type }) => ADDRESS_TYPES.includes(type));
  const all = [delegatedAt(view, name), markerOf(view, name), ...own, ...wildcardSets(view, name)];
  return all.filter((set) => set !== undefined);
}

/** How the records of the names that the document does not declare are removed, zone by zone. */
export function removals(
  { zones, ends, later = [] }: NonNullable<ActualRecords['released']>,
  scope: Scope,
): { zone: ReleasedZone; plan: RemovalPlan; plansFor: (view: ZoneView) => RemovalPlan }[] {
  const keepsRecords = isKept(scope.keeps, { type: 'record' });
  const about = aboutEnds(ends, endsInUse(scope));
  return zones.map((zone) => {
    const plansFor = (view: ZoneView) =>
      keepsRecords
        ? planUnmarking(view, known(zone, { scope, later }))
        : planRemoval(view, { ...known(zone, { scope, later }), ...about });
    // What a batch has removed is judged no more: without its marker a record that stays would look like a foreign one.
    const plan = zone.sent ? { ...zone.sent.plan, changes: [] } : plansFor(zone.view);
    return { zone, plan, plansFor };
  });
}

function known(
  { id, names }: ReleasedZone,
  { scope: { record, owner, site }, later }: { scope: Scope; later: readonly string[] },
) {
  const isReleased = (name: string) => !isDeclared(name, site);
  return {
    names: names.filter((name) => isReleased(name) && !later.includes(name)),
    later,
    owner,
    written: record ? writtenTo(record, id).filter(({ name }) => isReleased(subjectOf(name))) : [],
    former: record ? formerIn(record, id) : [],
  };
}

/** Whether the document declares a name; none in an undo. */
export function isDeclared(name: string, site: Scope['site']): boolean {
  return site !== undefined && namesOf(site).some((declared) => declared.name === name);
}
