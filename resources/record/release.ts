import type { Left } from '../../domain/ledger/left.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD, formerIn, madeOf } from '../../domain/ledger/made-of.ts';
import { missingRecords } from '../../domain/ledger/missing-records.ts';
import { outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import { formerAt } from '../../domain/records/adopt.ts';
import { applied } from '../../domain/records/applied.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { remembered, untilForgotten } from '../../domain/records/remembered.ts';
import { isKept } from '../../domain/removal/kept.ts';
import type { Applying, Doing, Scope } from '../resource.ts';
import { recordOf } from '../scope.ts';
import type { ActualRecords, ReleasedZone } from './actual.ts';
import { isDeclared, removals } from './changes.ts';
import { forgetCdn } from './forgotten-cdn.ts';
import { originNamesOf } from './origin-records.ts';
import { route53For, trafficRecords } from './traffic-records.ts';
import { recordGone, writeRecords } from './write-records.ts';

/** The steps that remove records. */
type ReleasingStep = 'RemoveRecords' | 'RemoveOriginRecord';

/**
 * Removes the records before what they lead to: one atomic batch a zone with the owner markers, of exactly what was written
 * (failures S1, R8). What was adopted is restored in the same batch.
 */
const releasing = (
  step: ReleasingStep,
  before?: Applying<RecordSet, ActualRecords>['before'],
): Applying<RecordSet, ActualRecords> => ({
  standing: () => [],

  ...(before && { before }),

  async apply(_, actual, doing) {
    const { scope, revision } = doing;
    const { owner } = scope;
    const released = releasedIn(actual);
    const next = removals(released, scope).find(({ plan }) => plan.changes.length > 0);
    if (!next) throw new Error(`Cannot remove the records of "${owner.domain}": none is left`);
    const { zone, plan, plansFor } = next;
    const changeId = await writeRecords(route53For(doing, scope), {
      zone,
      plan: (view) => plansFor(view).changes,
      comment: `Nameplate: remove from ${owner.domain} r${revision}`,
      item: recordOf(scope).item,
      stack: owner.stack,
    });
    const sent = { ...zone, view: applied(zone.view, plan.changes), sent: { plan, changeId } };
    const zones = released.zones.map((each) => (each === zone ? sent : each));
    return { actual: { ...actual, released: { ...released, zones } }, message: '' };
  },

  outcome(actual, doing) {
    const { scope } = doing;
    const { zones, later = [] } = releasedIn(actual);
    const plans = removals(releasedIn(actual), scope).map(({ plan }) => plan);
    const gone = plans.flatMap((plan) => plan.gone);
    const record = recordOf(scope);
    // The step before has removed the marker, so a record that it has left would be reported again, for another reason.
    const told = step === 'RemoveOriginRecord' ? (outputIfDone(record, 'RemoveRecords')?.left ?? []) : [];
    const left: Left[] = plans
      .flatMap((plan) => plan.left)
      .map(({ set, why }) => ({ type: 'record', id: targetOf(set), why: `${why}: ${inWords(set)}` }) as const)
      .filter(({ id }) => !told.some((one) => one.id === id));
    return {
      gone: [
        ...gone.map(recordGone),
        ...missingRecords(record, { zones, gone }),
        ...settledAdoptions(zones, { scope, later }),
      ],
      output: { changes: changeIdsOf(step, { zones, doing }), left },
      message: isKept(scope.keeps, { type: 'record' }) ? KEPT : inSentence(zones, { gone, scope }),
    };
  },
});

const KEPT = 'The records are kept; the markers that said whose they were are removed';

/** All but the records of the origin name: the CDN connects to it for as long as resolvers may send viewers there. */
export const releaseRecords = releasing('RemoveRecords');

/** What is left: the records of the origin name, once nothing asks for it. */
export const releaseOriginRecord = releasing('RemoveOriginRecord', forgetCdn);

/** The records of a site without those that a later step removes. */
export const recordsOfViewers: typeof trafficRecords = {
  ...trafficRecords,
  read: async (look, scope) => {
    const actual = await trafficRecords.read(look, scope);
    const { released } = actual;
    return { ...actual, ...(released && { released: { ...released, later: originNamesOf(scope) } }) };
  },
};

function releasedIn({ released }: ActualRecords): NonNullable<ActualRecords['released']> {
  if (!released) throw new Error('Cannot remove records: it was not read which may go');
  return released;
}

/** What was sent now, and by runs of the step before. */
function changeIdsOf(
  step: ReleasingStep,
  { zones, doing: { scope, revision } }: { zones: readonly ReleasedZone[]; doing: Doing },
): { zoneId: string; changeId: string }[] {
  const earlier = stepOf(recordOf(scope), step);
  const known = earlier?.revision === revision ? (earlier.output?.changes ?? []) : [];
  const changeIds = new Map(known.map(({ zoneId, changeId }) => [zoneId, changeId]));
  for (const { id, sent } of zones) if (sent?.changeId !== undefined) changeIds.set(id, sent.changeId);
  return [...changeIds].map(([zoneId, changeId]) => ({ zoneId, changeId }));
}

function inSentence(
  zones: readonly ReleasedZone[],
  { gone, scope }: { gone: readonly RecordSet[]; scope: Scope },
): string {
  const record = recordOf(scope);
  const isAmong = (sets: readonly RecordSet[], set: RecordSet) => sets.some((one) => isSameSet(one, set));
  const former = zones.flatMap(({ id }) => formerIn(record, id));
  // What is replaced by the very same record stays in DNS.
  const removed = gone.filter((set) => !isAmong(former, set));
  const changes = zones.flatMap(({ sent }) => sent?.plan.changes ?? []);
  const restored = zones.flatMap(({ id, sent }) =>
    (sent?.plan.changes ?? []).flatMap(({ after }) => (after && isAmong(formerIn(record, id), after) ? [after] : [])),
  );
  const { oldSeconds } = remembered(changes);
  return [
    removed.length > 0 ? `Removed ${removed.map(targetOf).join(', ')}` : 'No record of ours is to go',
    ...(restored.length > 0 ? [`put back what was adopted: ${restored.map(inWords).join('; ')}`] : []),
    ...(restored.length > 0 && oldSeconds > 0
      ? [`resolvers may answer with the site's records ${untilForgotten(oldSeconds, scope.now)}`]
      : []),
  ].join('; ');
}

/** What was remembered of the names was restored, was told as left, or was never taken over: it is not needed again. */
function settledAdoptions(
  zones: readonly ReleasedZone[],
  { scope, later }: { scope: Scope; later: readonly string[] },
): Made[] {
  return madeOf(recordOf(scope), ADOPTED_RECORD).filter(({ before }) =>
    zones.some(
      ({ id, names }) =>
        before !== undefined &&
        'set' in before &&
        before.zoneId === id &&
        names.some(
          (name) => !isDeclared(name, scope.site) && !later.includes(name) && formerAt([before.set], name).length > 0,
        ),
    ),
  );
}
