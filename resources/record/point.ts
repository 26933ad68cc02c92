import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD } from '../../domain/ledger/made-of.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import { applied } from '../../domain/records/applied.ts';
import { isMarkerName } from '../../domain/records/marker.ts';
import { planRecords } from '../../domain/records/plan.ts';
import { type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { forgottenAt, remembered, rememberedInWords } from '../../domain/records/remembered.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { isChallenged } from '../manual-record/manual-records.ts';
import { proveOwnership } from '../ownership/prove-ownership.ts';
import type { Applying, Doing, Scope } from '../resource.ts';
import { recordOf } from '../scope.ts';
import type { ActualRecords, ActualZone } from './actual.ts';
import { adoptRecords } from './adopt-records.ts';
import { MOVES_LATER, phaseOf } from './phase.ts';
import { checkTargets, route53For, trafficRecords } from './traffic-records.ts';
import { recordMade, recordsMade, writeRecords } from './write-records.ts';

/** The steps that write records, and the phase of those that each writes. */
const PHASE_OF = { PointOrigin: 'prepare', PointRecords: 'shift' } as const;
type PointingStep = keyof typeof PHASE_OF;

/** One atomic batch a zone, with the owner markers, and only over records that are ours or adopted. */
const pointing = (step: PointingStep): Applying<RecordSet, ActualRecords> => ({
  standing: (desired, { zones }, scope) =>
    zones.flatMap(({ id, names, sent }) => [
      ...writtenBy(step, desired, scope)
        .filter(({ name }) => names.includes(name))
        .map((set) => recordMade(set, id)),
      ...(sent?.made ?? []),
    ]),

  async before(doing) {
    const record = recordOf(doing.scope);
    checkTargets(step, doing.scope);
    if (isChallenged(record)) await proveOwnership(doing, { beginning: false });
  },

  async apply(_, actual, doing) {
    const { owner } = doing.scope;
    const desired = writtenBy(step, trafficRecords.desired(doing.scope), doing.scope);
    const planned = actual.zones.map((zone) => {
      const wanted = desired.filter(({ name }) => zone.names.includes(name));
      return { zone, wanted, plan: (view: ZoneView) => planRecords(view, { desired: wanted, owner }) };
    });
    const next = planned.find(({ zone, plan }) => plan(zone.view).length > 0);
    if (!next) throw new Error(`Cannot point the records of "${owner.domain}": they are as declared`);
    const sent = await send(next, doing);
    const zones = actual.zones.map((zone) => (zone === next.zone ? sent : zone));
    return { actual: { ...actual, zones }, message: '' };
  },

  outcome(actual, { scope, revision }) {
    const earlier = stepOf(recordOf(scope), step);
    const known = earlier?.revision === revision ? (earlier.output?.changes ?? []) : [];
    const changeIds = new Map(known.map(({ zoneId, changeId }) => [zoneId, changeId]));
    for (const { id, sent } of actual.zones) if (sent?.changeId !== undefined) changeIds.set(id, sent.changeId);
    const targets = writtenBy(step, trafficRecords.desired(scope), scope).map(targetOf).join(', ');
    const made = actual.zones.flatMap(({ sent }) => sent?.made ?? []);
    const { forgottenAt, inWords } = step === 'PointRecords' ? memoryOf(actual, scope) : NOTHING_REMEMBERED;
    return {
      output: {
        changes: [...changeIds].map(([zoneId, changeId]) => ({ zoneId, changeId })),
        ...(forgottenAt !== undefined && { forgottenAt }),
      },
      message:
        targets === '' ? MOVES_LATER : [`The records stand: ${targets}${inPlaceOf(made)}`, ...inWords].join('. '),
    };
  },
});

/** Moves the traffic of viewers. */
export const pointRecords: Applying<RecordSet, ActualRecords> = pointing('PointRecords');

/** Leads the name that the CDN connects to. It adds: no viewer asks for it. */
export const pointOrigin: Applying<RecordSet, ActualRecords> = pointing('PointOrigin');

interface Memory {
  forgottenAt?: string | undefined;
  inWords: string[];
}

/** Resolvers ask for the origin name once the CDN does, and not before. */
const NOTHING_REMEMBERED: Memory = { inWords: [] };

/** What resolvers may remember of what stood before. */
function memoryOf({ zones }: ActualRecords, scope: Scope): Memory {
  const moved = zones.flatMap(({ sent }) => sent?.changes ?? []);
  const memory = remembered(moved);
  // A run before may have sent the batch, and its answer was lost.
  const earlier = stepOf(recordOf(scope), 'PointRecords')?.output?.forgottenAt;
  return {
    forgottenAt: moved.length > 0 ? forgottenAt(memory, scope.now).toISOString() : earlier,
    inWords: rememberedInWords(memory, scope.now),
  };
}

function writtenBy(step: PointingStep, desired: readonly RecordSet[], scope: Scope): RecordSet[] {
  return desired.filter(({ name }) => phaseOf(name, scope) === PHASE_OF[step]);
}

interface Planned {
  zone: ActualZone;
  wanted: readonly RecordSet[];
  plan: (view: ZoneView) => ReturnType<typeof planRecords>;
}

async function send({ zone, wanted, plan }: Planned, doing: Doing): Promise<ActualZone> {
  const { scope, revision } = doing;
  const { owner } = scope;
  const record = recordOf(scope);
  const changes = plan(zone.view);
  const planned = recordsMade(changes, zone.id).filter(({ written }) => !isMarkerName(written?.set.name ?? ''));
  const ours = [...wanted.map((set) => recordMade(set, zone.id)), ...planned];
  const names = zone.names.filter((name) => wanted.some((set) => set.name === name));
  const { adopted, outdated } = adoptRecords(record, { zone: { ...zone, names }, owner });
  // Before the batch: a worker that dies in it must not leave records that are not known to be ours, nor lose what it adopted.
  await doing.keep(...ours, ...adopted);
  if (outdated.length > 0) await doing.takeBack(...outdated);
  const comment = `Nameplate: ${owner.domain} r${revision}`;
  const written = { zone, plan, comment, item: record.item, stack: owner.stack };
  const changeId = await writeRecords(route53For(doing, scope), written);
  return { ...zone, view: applied(zone.view, changes), sent: { changes, made: [...planned, ...adopted], changeId } };
}

function inPlaceOf(made: readonly Made[]): string {
  const adopted = made.flatMap(({ type, detail }) => (type === ADOPTED_RECORD && detail ? [detail] : []));
  return adopted.length > 0 ? `, in the place of what was adopted: ${adopted.join('; ')}` : '';
}
