import type { Owner } from '../ownership.ts';
import type { RecordChange } from './change.ts';
import { created, planStandIns } from './plan.ts';
import { canonicalRecordName, inWords, type RecordSet, saysTheSame } from './record-set.ts';
import { setsAt, type ZoneView } from './zone-view.ts';

/** ACM asks again for as long as the certificate lives, so nothing hangs on a quick change. Source: ACM's own Route 53 integration. */
const VALIDATION_TTL_SECONDS = 300;

/** What ACM wants to find in DNS for one name of a certificate. */
export interface ValidationRecord {
  domain: string;
  name: string;
  value: string;
}

/** The CNAMEs to write, each once: a name and its wildcard share theirs (failures A13). */
export function validationSets(records: readonly ValidationRecord[]): RecordSet[] {
  const sets = records.map(({ name, value }) => ({
    name: canonicalRecordName(name),
    type: 'CNAME',
    ttlSeconds: VALIDATION_TTL_SECONDS,
    values: [value],
  }));
  return sets.filter((set, place) => sets.findIndex(({ name }) => name === set.name) === place);
}

/** The sets of `wanted` that aren't there yet, to create. The record is every certificate's, so one that stands is left as it is. */
export function planValidation(view: ZoneView, wanted: readonly RecordSet[]): RecordChange[] {
  return wanted.filter((set) => setsAt(view, set.name).length === 0).map(created);
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
  return validation.length === 0 ? [] : [...planStandIns(view, { names, owner }), ...validation];
}

/** A foreign record where a validation record must stand. */
export function validationInTheWay(view: ZoneView, wanted: readonly RecordSet[]): string | undefined {
  for (const set of wanted) {
    const foreign = setsAt(view, set.name).find((standing) => !saysTheSame(standing, set));
    if (foreign) {
      return `Cannot validate the certificate: the foreign record ${inWords(foreign)} stands where ACM wants ${inWords(set)}. Remove it, then declare the site again`;
    }
  }
  return undefined;
}
