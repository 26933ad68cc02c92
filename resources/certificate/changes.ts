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
  /** The ARN of the secret that it is imported from. */
  secret?: string;
  /** Whether its private key is to leave ACM. */
  exportable: boolean;
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
  /** Whether it is the one that the load balancer serves, and that one's steps import and delete. */
  shared?: true;
  /** Of an imported one: what it is, with its chain. */
  imported?: Imported;
  /** "CAA_ERROR" … with status FAILED. */
  failureReason?: string;
}

/** A certificate that is imported, or was. */
export interface Imported {
  /** Hexadecimal digits: the same for the same certificates. */
  fingerprint: string;
  endsAt: Date;
}

/** A certificate of the site that its document does not use. */
export interface FormerCertificate {
  arn: string;
  names: readonly string[];
  isExportable?: boolean;
  /** What serves it, besides listeners and distributions that are released. */
  users: readonly string[];
}

export interface SeenCertificates {
  chosen?: ChosenCertificate;
  former: readonly FormerCertificate[];
  /** What the secret holds now; absent where it is not read, or cannot be. */
  source?: Imported;
  /** The ARNs of those that were deleted since they were read. */
  deleted?: readonly string[];
}

export const certificateChanges =
  (place: CertificatePlace) =>
  (
    [desired]: readonly DesiredCertificate[],
    { chosen, former, source }: SeenCertificates,
    { owner, record }: Scope,
  ): Change[] => [
    ...(desired ? inPhase('prepare', [preparation(desired, chosen, { owner, place, source })]) : []),
    ...inPhase(
      'release',
      former.map((each) => released(each, { owner, record, place })),
    ),
  ];

function preparation(
  { names, named, secret, exportable }: DesiredCertificate,
  chosen: ChosenCertificate | undefined,
  {
    owner,
    place: { type, where },
    source,
  }: Pick<Scope, 'owner'> & { place: CertificatePlace; source: Imported | undefined },
): Unphased {
  const list = names.map((name) => `"${name}"`).join(', ');
  const what = `the ${type}${where} for ${list}`;
  const resource: ResourceRef = { type, name: nameOf(names, owner) };
  if (chosen?.shared) {
    const message = 'Serve viewers the certificate that is imported for the load balancer';
    return kept({ ...resource, id: chosen.arn }, { names }, message);
  }
  if (secret !== undefined) return importing({ resource, names, secret, tags: ownerTags(owner) }, chosen, source);
  if (!chosen) {
    const after = { names, validation: 'DNS', ...(exportable && { exportable }), tags: ownerTags(owner) };
    const article = exportable ? 'an exportable' : 'a';
    const then = exportable
      ? '. AWS charges for each name now and at each renewal; ACM renews it if you have exported it, and you install it on the server again then'
      : '';
    return { verb: 'create', resource, after, message: `Request ${article} ${type}${where} for ${list}${then}` };
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

/** The site's domain, or the first name of a certificate that is not for that. */
const nameOf = (names: readonly string[], { domain }: Pick<Scope['owner'], 'domain'>): string =>
  names.includes(domain) ? domain : (names[0] ?? domain);

interface Importing {
  resource: ResourceRef;
  names: string[];
  secret: string;
  tags: Record<string, string>;
}

/** What the secret holds takes the place of what was imported before, under the same ARN. */
function importing(
  { resource, names, secret, tags }: Importing,
  chosen: ChosenCertificate | undefined,
  source: Imported | undefined,
): Unphased {
  const from = `the certificate of the secret "${secret}"`;
  const ends = source === undefined ? '' : `, which ends on ${source.endsAt.toISOString().slice(0, 10)}`;
  const after = { names, secret, certificate: source?.fingerprint, tags };
  if (!chosen) {
    return { verb: 'create', resource, after, message: `Import ${from}${ends}. ACM never renews it` };
  }
  const existing = { ...resource, id: chosen.arn };
  if (!source || !chosen.imported || chosen.imported.fingerprint === source.fingerprint) {
    return kept(existing, { names, secret }, `Use ${from}${ends}, as it was imported. ACM never renews it`);
  }
  const before = { ...after, certificate: chosen.imported.fingerprint };
  const message = `Import ${from}${ends}, under the ARN of the one before`;
  return { verb: 'update', resource: existing, before, after, message };
}

/** It is deleted, or untagged if it was adopted; retained where something else serves it. */
function released(
  { arn: id, names, users, isExportable }: FormerCertificate,
  { owner, record, place: { type } }: Pick<Scope, 'owner' | 'record'> & { place: CertificatePlace },
): Unphased {
  const resource: ResourceRef = { type, name: nameOf(names, owner), id };
  const before = record && beforeOf(record, type, id);
  if (before) {
    return restored(resource, { names }, before);
  }
  if (users.length > 0) {
    const message = `${users.join(' and ')} serves it. Have it serve another one, ${THEN_AGAIN}`;
    return { verb: 'retain', resource, message };
  }
  const exported = isExportable
    ? '. What was exported of it is valid until it ends: where its key was lost, revoke it beforehand (aws acm revoke-certificate)'
    : '';
  const message = `Delete the ${type} ${id}, which the site no longer uses${exported}`;
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
