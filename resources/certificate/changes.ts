import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import { restored } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';

export const TYPE = 'certificate';

/** One certificate for all names that viewers use. */
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
  /** What serves it, besides listeners that are released. */
  users: readonly string[];
}

export interface SeenCertificates {
  chosen?: ChosenCertificate;
  former: readonly FormerCertificate[];
  /** The ARNs of those that were deleted since they were read. */
  deleted?: readonly string[];
}

/** What stands in a plan for a certificate that isn't requested yet. */
const NEW_CERTIFICATE = standIn('certificate');

export function certificateChanges(
  [desired]: readonly DesiredCertificate[],
  { chosen, former }: SeenCertificates,
  scope: Scope,
): Change[] {
  return [
    ...(desired ? inPhase('prepare', [preparation(desired, chosen, scope)]) : []),
    ...inPhase(
      'release',
      former.map((each) => released(each, scope)),
    ),
  ];
}

function preparation(
  { names, named }: DesiredCertificate,
  chosen: ChosenCertificate | undefined,
  { owner }: Scope,
): Unphased {
  const list = names.map((name) => `"${name}"`).join(', ');
  const resource: ResourceRef = { type: TYPE, name: owner.domain };
  if (!chosen) {
    const after = { names, validation: 'DNS', tags: ownerTags(owner) };
    return { verb: 'create', resource, after, message: `Request a certificate for ${list}` };
  }
  if (named !== undefined) {
    return kept({ ...resource, id: named }, { names }, `Serve the certificate ${named}, which the document names`);
  }
  const how = chosen.status === 'ISSUED' ? 'is issued' : 'is on its way';
  const { arn, tags } = chosen;
  if (!isOwnedBy(owner, tags)) {
    const message = `Adopt the certificate for ${list}, which ${how}: undo removes our tags and retains it`;
    return {
      verb: 'adopt',
      resource: { ...resource, id: arn },
      before: { names, tags },
      after: { names, tags: { ...tags, ...ownerTags(owner) } },
      message,
    };
  }
  return kept({ ...resource, id: arn }, { names }, `Use the certificate for ${list}, which ${how}`);
}

/** It is deleted, or untagged if it was adopted; retained where something else serves it. */
function released({ arn: id, names, users }: FormerCertificate, { owner, record }: Scope): Unphased {
  const resource: ResourceRef = { type: TYPE, name: owner.domain, id };
  const before = record && beforeOf(record, TYPE, id);
  if (before) {
    return restored(resource, { names }, before);
  }
  if (users.length > 0) {
    const message = `${users.join(' and ')} serves it. Have it serve another one, ${THEN_AGAIN}`;
    return { verb: 'retain', resource, message };
  }
  const message = `Delete the certificate ${id}, which the site no longer uses`;
  return { verb: 'delete', resource, before: { names }, message };
}

/** The certificate, and the validation records as far as ACM has named them; in a plan, words for one that isn't requested yet. */
export function certificateHandle(
  desired: readonly DesiredCertificate[],
  seen: SeenCertificates | undefined,
): StepOutputs['RequestCertificate'] | undefined {
  if (desired.length === 0) return undefined;
  const { arn = NEW_CERTIFICATE, records = [] } = seen?.chosen ?? {};
  return { certificateArn: arn, records };
}
