import { namedRecords, SERVERS } from '../../domain/certificates/place.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { changeOf, keptSet, recordConflict, recordsReleased } from '../../domain/changes/record-changes.ts';
import { certifiedNames } from '../../domain/edges/edge.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { formerIn, writtenTo } from '../../domain/ledger/made-of.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { planWildcardCopies } from '../../domain/records/plan.ts';
import { inWords, type RecordSet } from '../../domain/records/record-set.ts';
import { subjectOf } from '../../domain/records/removal.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { isKept } from '../../domain/removal/kept.ts';
import { isDeclared } from '../record/changes.ts';
import type { ViewedZone } from '../record/zone-views.ts';
import type { Scope } from '../resource.ts';
import { distinct, foreignValidation, planValidationBatch, validationConflict, validationSets } from './batch.ts';
import { planValidationRemoval, type ValidationRemoval } from './removal.ts';

export const TYPE = 'validation record';

/** The CNAME by which ACM knows that a name is ours; known once ACM has named it. */
export interface DesiredValidation {
  domain: string;
  set?: RecordSet;
  /** Of an ACME endpoint: another one than that of certificates. */
  ofEndpoint?: true;
}

export interface ActualValidation {
  /** The zones of the names that the certificate covers. */
  zones: readonly ValidationZone[];
  /** Every zone that may hold records for names that it does not; read for their release. */
  released?: ReleasedValidation;
}

/** A zone, and what was sent to it in this step. */
export interface ValidationZone extends ViewedZone {
  sent?: { made: readonly Made[] };
}

export interface ReleasedValidation {
  zones: readonly (ViewedZone & { sent?: ValidationRemoval })[];
  /** Why certificates of the account need records of ours, by the record's name (failures A14). */
  needed: ReadonlyMap<string, string>;
  /** Whether certificates of all regions were looked at. */
  everywhere?: true;
}

/** What is in the way, what is written and what is released; one batch a zone and phase. */
export function validationChanges(
  desired: readonly DesiredValidation[],
  { zones, released }: ActualValidation,
  scope: Scope,
): Change[] {
  return [
    ...inPhase(
      'prepare',
      zones.flatMap((zone) => preparation(zone, desired, scope)),
    ),
    ...inPhase('release', released ? removals(released, scope).flatMap(({ removal }) => recordsReleased(removal)) : []),
  ];
}

function preparation(zone: ValidationZone, desired: readonly DesiredValidation[], scope: Scope): Unphased[] {
  const wanted = setsIn(zone, desired);
  const problem = validationConflict(zone.view, wanted, { adopt: scope.site?.adopt });
  if (problem !== undefined) {
    const foreign = foreignValidation(zone.view, wanted);
    return [recordConflict(foreign[0]?.name ?? '', foreign, problem)];
  }
  const planned = batchIn(zone, desired, scope);
  const standing = wanted.filter((set) => !planned.some(({ after }) => after === set)).map((set) => keptSet(set));
  return [...planned.map(changeOf), ...standing, ...unnamedIn(zone, desired).map((each) => unnamed(zone.view, each))];
}

/**
 * What is sent to a zone. A name that only a wildcard answers for gets the wildcard's records in the same batch: the CNAME below it
 * would silence the wildcard otherwise (failures R31).
 */
export function batchIn(
  zone: Pick<ValidationZone, 'names' | 'view'>,
  desired: readonly DesiredValidation[],
  { owner }: Pick<Scope, 'owner'>,
): RecordChange[] {
  const { names, view } = zone;
  const isMissing = unnamedIn(zone, desired).some((each) => !standingFor(view, each));
  if (isMissing) return planWildcardCopies(view, { names, owner });
  return planValidationBatch(view, { wanted: setsIn(zone, desired), names, owner });
}

/** The CNAMEs for the names in a zone, as far as ACM has named them. */
export function setsIn({ names }: Pick<ValidationZone, 'names'>, desired: readonly DesiredValidation[]): RecordSet[] {
  return distinct(desired.flatMap(({ domain, set }) => (set && names.includes(domain) ? [set] : [])));
}

/** The names whose records ACM has yet to name: it does so once the certificate is requested. */
function unnamedIn(
  { names }: Pick<ValidationZone, 'names'>,
  desired: readonly DesiredValidation[],
): DesiredValidation[] {
  return desired.filter(({ domain, set }) => !set && names.includes(domain));
}

/** In a plan: for which name one is needed, and that the one of an earlier certificate stays the same. */
function unnamed(view: ZoneView, desired: DesiredValidation): Unphased {
  const { domain: name, ofEndpoint } = desired;
  const resource: ResourceRef = { type: TYPE, name };
  const standing = standingFor(view, desired);
  if (standing) {
    const message = `Keep ${inWords(standing)}: ACM wants the same record for every certificate of "${name}"`;
    return kept(resource, standing, message);
  }
  const after = { type: 'CNAME', below: name, ...(ofEndpoint && { of: 'ACME endpoint' }) };
  const by = ofEndpoint ? 'the ACME endpoint' : 'ACM';
  return { verb: 'create', resource, after, message: `Create the CNAME below "${name}" that ${by} asks for` };
}

/** Source: ACM User Guide, "DNS validation": "_x.example.com" leads to "_y.acm-validations.aws"; checked 2026-11-22. */
function standingFor({ sets }: ZoneView, { domain, ofEndpoint }: DesiredValidation): RecordSet | undefined {
  if (ofEndpoint) return undefined;
  return sets.find(({ name, type, values }) => {
    const leads = values.some((value) => /\.acm-validations\.aws\.?$/i.test(value));
    return type === 'CNAME' && leads && name.startsWith('_') && subjectOf(name) === domain;
  });
}

/**
 * How the validation records that we wrote are removed, zone by zone, except those that the document's certificate needs, or another
 * one of the account.
 */
export function removals(
  { zones, needed }: Pick<ReleasedValidation, 'zones' | 'needed'>,
  scope: Scope,
): {
  zone: ReleasedValidation['zones'][number];
  removal: ValidationRemoval;
  plan: (view: ZoneView) => ValidationRemoval;
}[] {
  return zones.map((zone) => {
    const plan = (view: ZoneView) =>
      planValidationRemoval(view, {
        names: zone.names.filter((name) => !isDeclared(name, scope.site)),
        owner: scope.owner,
        written: writtenIn(zone, scope),
        former: scope.record ? formerIn(scope.record, zone.id) : [],
        needs: (name) => needed.get(name),
        isKept: isKept(scope.keeps, { type: TYPE }),
      });
    return { zone, plan, removal: zone.sent ? { ...zone.sent, changes: [] } : plan(zone.view) };
  });
}

/** The records of a zone that we wrote, without those that validate a name of the document's certificate. */
export function writtenIn({ id }: { id: string }, { record, site, known }: Scope): RecordSet[] {
  return record ? writtenTo(record, id).filter(({ name }) => !validates(name, { site, known })) : [];
}

/** Whether a record validates a name of the document, for its certificate or for the ACME endpoint that its server asks. */
export function validates(name: string, { site, known }: Pick<Scope, 'site' | 'known'>): boolean {
  if (!site) return false;
  if (certifiedNames(site).includes(subjectOf(name))) return true;
  return validationSets(namedRecords(known, [SERVERS])).some((set) => set.name === name);
}
