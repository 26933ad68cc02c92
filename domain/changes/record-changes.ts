import { toAdopt } from '../records/adopt.ts';
import { applied } from '../records/applied.ts';
import type { RecordChange } from '../records/change.ts';
import { inTheWay } from '../records/in-the-way.ts';
import { ADDRESS_TYPES, markerOf } from '../records/owned.ts';
import { planRecords, planStandIns } from '../records/plan.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../records/record-set.ts';
import {
  foreignValidation,
  planValidationBatch,
  type ValidationRecord,
  validationInTheWay,
  validationSets,
} from '../records/validation.ts';
import { delegatedAt, setsAt, wildcardSets, type ZoneView } from '../records/zone-view.ts';
import { asPlanned, planCopies } from '../zones/carry-over.ts';
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

/** What the step "FindZone" copies into a zone before it shows its name servers. */
export function copyChanges(view: ZoneView, { zone, owner }: { zone: SeenZone; owner: World['owner'] }): ZoneStep {
  const { delegating } = zone.kind === 'ambiguous' ? {} : zone;
  const copies = delegating ? asPlanned(delegating.copies, delegating) : [];
  const copied = (zone.kind === 'standing' && zone.copied) || [];
  const planned = planCopies(view, { names: zone.names, owner, copies, copied });
  return { view: applied(view, planned), changes: planned.map(changeOf) };
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
      return { view, changes: [conflict(foreign[0]?.name ?? '', foreign, problem)] };
    }
    const planned = planValidationBatch(view, { wanted, names, owner });
    const standing = wanted.filter((set) => !planned.some(({ after }) => after === set)).map((set) => keptSet(set));
    return { view: applied(view, planned), changes: [...planned.map(changeOf), ...standing] };
  }
  const changes = here.map((name) => unnamed(view, name));
  const missing = changes.some(({ verb }) => verb === 'create');
  const standIns = missing ? planStandIns(view, { names, owner }) : [];
  return { view: applied(view, standIns), changes: [...standIns.map(changeOf), ...changes] };
}

export interface ForValidation {
  /** The names that the certificate covers. */
  served: readonly string[];
  /** What ACM wants, when it is known already. */
  records: readonly ValidationRecord[] | undefined;
  /** Whether foreign records are to be taken over. */
  adopt?: boolean | undefined;
}

/** What the step "CheckRecords" stops at, before anything is written: the names that can't be taken, with what is there. */
export function conflictChanges(
  view: ZoneView,
  { names, owner, adopt = false }: { names: readonly string[]; owner: World['owner']; adopt?: boolean | undefined },
): Unphased[] {
  return names.flatMap((name) => {
    const problem = inTheWay(view, { name, names, owner, adopt });
    return problem === undefined ? [] : [conflict(name, foreignSets(view, name), problem)];
  });
}

/** What the step "PointRecords" does in a zone for the names that can be taken. */
export function trafficChanges(
  view: ZoneView,
  { names, desired, owner }: { names: readonly string[]; desired: readonly RecordSet[]; owner: World['owner'] },
): Unphased[] {
  return names.flatMap((name): Unphased[] => {
    const wanted = desired.filter((set) => set.name === name);
    const planned = planRecords(view, { desired: wanted, owner });
    const marker = markerOf(view, name);
    const standing = [...wanted, ...(marker ? [marker] : [])].filter(
      (set) => !planned.some(({ target }) => target === targetOf(set)),
    );
    const adopted = toAdopt(view, { name, owner });
    return [...planned.map(changeOf), ...standing.map((set) => keptSet(set, adopted))];
  });
}

/** The records that keep a name from being taken: its own, its marker, a delegation above it, the wildcard's. */
function foreignSets(view: ZoneView, name: string): RecordSet[] {
  const own = setsAt(view, name).filter(({ type }) => ADDRESS_TYPES.includes(type));
  const all = [delegatedAt(view, name), markerOf(view, name), ...own, ...wildcardSets(view, name)];
  return all.filter((set) => set !== undefined);
}

/** The name that a change of a record is about; of a validation record that ACM names later, the name that it validates. */
export function recordNameOf({ resource, before, after }: Change): string {
  return (
    (after as Partial<RecordSet> | undefined)?.name ?? (before as Partial<RecordSet> | undefined)?.name ?? resource.name
  );
}

function conflict(name: string, standing: readonly RecordSet[], message: string): Unphased {
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

function keptSet(set: RecordSet, adopted: readonly RecordSet[] = []): Unphased {
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
