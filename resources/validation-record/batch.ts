import { HOW_TO_ADOPT } from '../../domain/adoption.ts';
import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import type { Owner } from '../../domain/ownership.ts';
import { adopting, adoptionProblem } from '../../domain/records/adopt.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { exchange } from '../../domain/records/exchange.ts';
import { planWildcardCopies } from '../../domain/records/plan.ts';
import { canonicalRecordName, inWords, type RecordSet, saysTheSame } from '../../domain/records/record-set.ts';
import { setsAt, type ZoneView } from '../../domain/records/zone-view.ts';

/** ACM asks again for as long as the certificate lives, so nothing hangs on a quick change. Source: ACM's own Route 53 integration. */
const VALIDATION_TTL_SECONDS = 300;

/** The CNAMEs that ACM asks for, each once. */
export function validationSets(records: readonly ValidationRecord[]): RecordSet[] {
  const sets = records.map(({ name, value }) => ({
    name: canonicalRecordName(name),
    type: 'CNAME',
    ttlSeconds: VALIDATION_TTL_SECONDS,
    values: [value],
  }));
  return distinct(sets);
}

/** A name and its wildcard share theirs (failures A13). */
export function distinct(sets: readonly RecordSet[]): RecordSet[] {
  return sets.filter((set, place) => sets.findIndex(({ name }) => name === set.name) === place);
}

/**
 * The sets of `wanted` that aren't there yet, to create or to put in the place of what is adopted: ask `validationConflict()`
 * first. The record is every certificate's, so one that stands is left as it is.
 */
export function planValidation(view: ZoneView, wanted: readonly RecordSet[]): RecordChange[] {
  return wanted.flatMap((set) => {
    const standing = setsAt(view, set.name);
    return standing.some((one) => saysTheSame(one, set)) ? [] : exchange(standing, [set]).map(adopting);
  });
}

/**
 * The same, with the stand-ins for the names that only a wildcard answers for in the same batch: the CNAME below such a
 * name would silence the wildcard (failures R31).
 */
export function planValidationBatch(
  view: ZoneView,
  { wanted, names, owner }: { wanted: readonly RecordSet[]; names: readonly string[]; owner: Owner },
): RecordChange[] {
  const validation = planValidation(view, wanted);
  return validation.length === 0 ? [] : [...planWildcardCopies(view, { names, owner }), ...validation];
}

/** The foreign sets that stand where validation records must. Beside a CNAME nothing stands, so all of a name are. */
export function foreignValidation(view: ZoneView, wanted: readonly RecordSet[]): RecordSet[] {
  return wanted.flatMap((set) => setsAt(view, set.name).filter((standing) => !saysTheSame(standing, set)));
}

/** The validation records that the zone lacks: `gone` with nothing at their name, `replaced` by what stands there instead. */
export function missingValidation(
  view: ZoneView,
  wanted: readonly RecordSet[],
): { gone: RecordSet[]; replaced: RecordSet[] } {
  const missing = wanted.filter((set) => !setsAt(view, set.name).some((standing) => saysTheSame(standing, set)));
  const isEmpty = ({ name }: RecordSet): boolean => setsAt(view, name).length === 0;
  return { gone: missing.filter(isEmpty), replaced: missing.filter((set) => !isEmpty(set)) };
}

/** A foreign record where a validation record must stand, that isn't to be adopted or can't be. */
export function validationConflict(
  view: ZoneView,
  wanted: readonly RecordSet[],
  { adopt = false }: { adopt?: boolean | undefined } = {},
): string | undefined {
  const cannot = 'Cannot validate the certificate';
  for (const foreign of foreignValidation(view, wanted)) {
    const problem = adoptionProblem(foreign);
    if (problem) return `${cannot}: ${problem}, then declare the site again`;
    const set = wanted.find(({ name }) => name === foreign.name);
    if (set && !adopt) {
      return `${cannot}: the foreign record ${inWords(foreign)} stands where ACM wants ${inWords(set)}. Remove it, then declare the site again, ${HOW_TO_ADOPT}`;
    }
  }
  return undefined;
}
