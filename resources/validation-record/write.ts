import { namedRecords, type ValidatedPlace } from '../../domain/certificates/place.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { applied } from '../../domain/records/applied.ts';
import { type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { route53For } from '../record/traffic-records.ts';
import { recordAdopted, recordsMade, writeRecords } from '../record/write-records.ts';
import type { Applying, Doing } from '../resource.ts';
import { recordOf } from '../scope.ts';
import { foreignValidation } from './batch.ts';
import { type ActualValidation, batchIn, type DesiredValidation, setsIn, type ValidationZone } from './changes.ts';
import { validationOf } from './validation-record.ts';

/** Writes the CNAMEs that ACM asks for at a place, one batch a zone, and leaves one that another certificate shares as it is. */
export const writeValidation = (place: ValidatedPlace): Applying<DesiredValidation, ActualValidation> => ({
  standing: (desired, { zones }) =>
    zones.flatMap((zone) => [...setsIn(zone, desired).map(notOurs), ...(zone.sent?.made ?? [])]),

  async apply(_, actual, doing) {
    const { scope } = doing;
    const desired = validationOf([place]).desired(scope);
    const next = actual.zones.find((zone) => batchIn(zone, desired, scope).length > 0);
    if (!next)
      throw new Error(`Cannot write the validation records of "${scope.owner.domain}": they are as ACM wants them`);
    const sent = await send(next, desired, doing);
    return { actual: { ...actual, zones: actual.zones.map((zone) => (zone === next ? sent : zone)) }, message: '' };
  },

  outcome({ zones }, { scope, previous, revision }) {
    const before = previous?.revision === revision && previous.state === 'done' ? previous.output : undefined;
    const { writtenAgain } = (before ?? {}) as StepOutputs['WriteValidationRecords'];
    const isAgain = before !== undefined && (zones.some(({ sent }) => sent) || writtenAgain === true);
    const records = namedRecords(scope.known, [place]);
    const names = [...new Set(records.map(({ name }) => name.replace(/\.$/, '')))];
    return {
      output: isAgain ? { writtenAgain: true } : {},
      message: `The validation records stand${isAgain ? ' again' : ''}: ${names.join(', ')}`,
    };
  },
});

const notOurs = (set: RecordSet): Made => ({ type: 'record', id: targetOf(set), ours: false });

async function send(
  zone: ValidationZone,
  desired: readonly DesiredValidation[],
  doing: Doing,
): Promise<ValidationZone> {
  const { scope, keep, takeBack } = doing;
  const { owner } = scope;
  const changes = batchIn(zone, desired, scope);
  const adopted = foreignValidation(zone.view, setsIn(zone, desired)).map((set) => recordAdopted(set, zone.id));
  const made = [...recordsMade(changes, zone.id), ...adopted];
  // Kept before: a batch whose answer is lost finds everything standing the next time, and would not know it for its own.
  await keep(...made);
  try {
    await writeRecords(route53For(doing, scope), {
      zone,
      plan: (view: ZoneView) => batchIn({ ...zone, view }, desired, scope),
      comment: `Nameplate: validation for ${owner.domain}`,
      item: recordOf(scope).item,
      stack: owner.stack,
    });
  } catch (error) {
    if (error instanceof Failure && error.name === 'Conflict') await takeBack(...made);
    throw error;
  }
  return { ...zone, view: applied(zone.view, changes), sent: { made } };
}
