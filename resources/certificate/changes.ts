import type { CertificatePlace } from '../../domain/certificates/place.ts';
import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import { restored } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';

/** One certificate for all names that are served there. */
export interface DesiredCertificate {
  names: string[];
  /** The ARN of the one that the document names. */
  named?: string;
  /** Whether one without an owner may be taken over. */
  adopt: boolean;
}

/** The certificate that the site uses, or that it adopts. */
export interface ChosenCertificate {
  arn: string;
  tags: Record<string, string>;
  /** Absent until ACM returns what it was asked for. */
  status?: string;
  /** The validation records, once ACM has named one for each name. */
  records?: ValidationRecord[];
  /** "CAA_ERROR" … with status FAILED. */
  failureReason?: string;
}

/** A certificate of the site that its document does not use. */
export interface FormerCertificate {
  arn: string;
  names: readonly string[];
  /** What serves it, besides listeners and distributions that are released. */
  users: readonly string[];
}

export interface SeenCertificates {
  chosen?: ChosenCertificate;
  former: readonly FormerCertificate[];
  /** The ARNs of those that were deleted since they were read. */
  deleted?: readonly string[];
}

export const certificateChanges =
  (place: CertificatePlace) =>
  (
    [desired]: readonly DesiredCertificate[],
    { chosen, former }: SeenCertificates,
    { owner, record }: Scope,
  ): Change[] => [
    ...(desired ? inPhase('prepare', [preparation(desired, chosen, { owner, place })]) : []),
    ...inPhase(
      'release',
      former.map((each) => released(each, { owner, record, place })),
    ),
  ];

function preparation(
  { names, named }: DesiredCertificate,
  chosen: ChosenCertificate | undefined,
  { owner, place: { type, where } }: Pick<Scope, 'owner'> & { place: CertificatePlace },
): Unphased {
  const list = names.map((name) => `"${name}"`).join(', ');
  const what = `the ${type}${where} for ${list}`;
  const resource: ResourceRef = { type, name: owner.domain };
  if (!chosen) {
    const after = { names, validation: 'DNS', tags: ownerTags(owner) };
    return { verb: 'create', resource, after, message: `Request a ${type}${where} for ${list}` };
  }
  if (named !== undefined) {
    return kept({ ...resource, id: named }, { names }, `Serve the certificate ${named}, which the document names`);
  }
  const how = chosen.status === 'ISSUED' ? 'is issued' : 'is on its way';
  const { arn, tags } = chosen;
  if (!isOwnedBy(owner, tags)) {
    const message = `Adopt ${what}, which ${how}: undo removes our tags and retains it`;
    return {
      verb: 'adopt',
      resource: { ...resource, id: arn },
      before: { names, tags },
      after: { names, tags: { ...tags, ...ownerTags(owner) } },
      message,
    };
  }
  return kept({ ...resource, id: arn }, { names }, `Use ${what}, which ${how}`);
}

/** It is deleted, or untagged if it was adopted; retained where something else serves it. */
function released(
  { arn: id, names, users }: FormerCertificate,
  { owner, record, place: { type } }: Pick<Scope, 'owner' | 'record'> & { place: CertificatePlace },
): Unphased {
  const resource: ResourceRef = { type, name: owner.domain, id };
  const before = record && beforeOf(record, type, id);
  if (before) {
    return restored(resource, { names }, before);
  }
  if (users.length > 0) {
    const message = `${users.join(' and ')} serves it. Have it serve another one, ${THEN_AGAIN}`;
    return { verb: 'retain', resource, message };
  }
  const message = `Delete the ${type} ${id}, which the site no longer uses`;
  return { verb: 'delete', resource, before: { names }, message };
}

/** The certificate, and the validation records as far as ACM has named them; in a plan, words for one that isn't requested yet. */
export const certificateHandle =
  ({ type }: CertificatePlace) =>
  (
    desired: readonly DesiredCertificate[],
    seen: SeenCertificates | undefined,
  ): StepOutputs['RequestCertificate'] | undefined => {
    if (desired.length === 0) return undefined;
    const { arn = standIn(type), records = [] } = seen?.chosen ?? {};
    return { certificateArn: arn, records };
  };
