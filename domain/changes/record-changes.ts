import { applied } from '../records/applied.ts';
import type { RecordChange } from '../records/change.ts';
import { planWildcardCopies } from '../records/plan.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../records/record-set.ts';
import type { RemovalPlan } from '../records/removal.ts';
import {
  foreignValidation,
  planValidationBatch,
  type ValidationRecord,
  validationInTheWay,
  validationSets,
} from '../records/validation.ts';
import type { ZoneView } from '../records/zone-view.ts';
import { isAtOrBelow } from '../zones/longest-match.ts';
import { type Change, kept, type ResourceRef, type Unphased } from './change.ts';
import type { SeenZone, World } from './world.ts';

/** What one step does in a zone, and the zone after it. */
export interface ZoneStep {
  changes: Unphased[];
  view: ZoneView;
}

/** The zone as decisions see it: a new one is empty. Undefined when it isn't known which zone it is. */
export function viewOf(zone: SeenZone): ZoneView | undefined {
  if (zone.kind === 'standing') return zone.view;
  return zone.kind === 'new' ? { zone: zone.name, sets: [] } : undefined;
}

/**
 * What the step "WriteValidationRecords" does in a zone. ACM names the records once the certificate is requested; until
 * then it is known for which name one is needed, and that the one of an earlier certificate stays the same.
 */
export function validationChanges(
  view: ZoneView,
  { names, served, owner, records, adopt }: ForValidation & { names: readonly string[]; owner: World['owner'] },
): ZoneStep {
  const here = served.filter((name) => names.includes(name));
  if (records) {
    const wanted = validationSets(records.filter(({ domain }) => names.includes(domain)));
    const problem = validationInTheWay(view, wanted, { adopt });
    if (problem) {
      const foreign = foreignValidation(view, wanted);
      return { view, changes: [recordConflict(foreign[0]?.name ?? '', foreign, problem)] };
    }
    const planned = planValidationBatch(view, { wanted, names, owner });
    const standing = wanted.filter((set) => !planned.some(({ after }) => after === set)).map((set) => keptSet(set));
    return { view: applied(view, planned), changes: [...planned.map(changeOf), ...standing] };
  }
  const changes = here.map((name) => unnamed(view, name));
  const missing = changes.some(({ verb }) => verb === 'create');
  const wildcardCopies = missing ? planWildcardCopies(view, { names, owner }) : [];
  return { view: applied(view, wildcardCopies), changes: [...wildcardCopies.map(changeOf), ...changes] };
}

export interface ForValidation {
  /** The names that the certificate covers. */
  served: readonly string[];
  /** What ACM wants, when it is known already. */
  records: readonly ValidationRecord[] | undefined;
  /** Whether foreign records are to be taken over. */
  adopt?: boolean | undefined;
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

/** A validation record whose own name isn't known yet. */
function unnamed(view: ZoneView, name: string): Unphased {
  const resource: ResourceRef = { type: 'validation record', name };
  const standing = view.sets.find((set) => isAtOrBelow(set.name, name) && isValidationFor(set, name));
  if (standing) {
    const message = `Keep ${inWords(standing)}: ACM wants the same record for every certificate of "${name}"`;
    return kept(resource, standing, message);
  }
  const after = { type: 'CNAME', below: name };
  return { verb: 'create', resource, after, message: `Create the CNAME below "${name}" that ACM asks for` };
}

/** Source: ACM User Guide, "DNS validation": "_x.example.com" leads to "_y.acm-validations.aws"; checked 2026-11-22. */
function isValidationFor({ name, type, values }: RecordSet, domain: string): boolean {
  const [label = '', ...rest] = name.split('.');
  const leads = values.some((value) => /\.acm-validations\.aws\.?$/i.test(value));
  return type === 'CNAME' && label.startsWith('_') && rest.join('.') === domain && leads;
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
