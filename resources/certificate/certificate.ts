import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import { type Certificate, validationRecords } from '../../domain/certificates/certificate.ts';
import { type CertificatePlace, HOME } from '../../domain/certificates/place.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { beforeOf, madeOf } from '../../domain/ledger/made-of.ts';
import { type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { acmIn } from './acm-in.ts';
import {
  type ChosenCertificate,
  certificateChanges,
  certificateHandle,
  type DesiredCertificate,
  type FormerCertificate,
  type SeenCertificates,
} from './changes.ts';
import { findCertificate, type TaggedCertificate } from './find-certificate.ts';
import { requestedBy } from './generation.ts';
import { othersOf, type Reading } from './others.ts';
import { readUsers } from './read-users.ts';

export type CertificateResource = Resource<DesiredCertificate, SeenCertificates, StepOutputs['RequestCertificate']>;

/** The certificate of a place, validated by DNS. ACM issues it later: the gate of the place waits for that. */
export function certificateIn(place: CertificatePlace): CertificateResource {
  return {
    type: place.type,
    desired: ({ site }) => (site ? desiredIn(place, site) : []),
    read: (look, scope) => readCertificates(place, look, scope),
    changes: certificateChanges(place),
    handles: certificateHandle(place),
  };
}

/** The certificate that the load balancer serves, for all names that it answers under. */
export const certificate: CertificateResource = certificateIn(HOME);

function desiredIn(place: CertificatePlace, site: NonNullable<Scope['site']>): DesiredCertificate[] {
  const names = place.names(site);
  const named = place.named(site);
  const secret = place.imported(site);
  if (names.length === 0) return [];
  return [
    {
      names,
      exportable: place.exportable(site),
      adopt: site.adopt === true,
      ...(named !== undefined && { named }),
      ...(secret !== undefined && { secret }),
    },
  ];
}

async function readCertificates(place: CertificatePlace, look: Look, scope: Scope): Promise<SeenCertificates> {
  const { site } = scope;
  const [desired] = site ? desiredIn(place, site) : [];
  const formerBeside = async (chosen: ChosenCertificate | undefined): Promise<FormerCertificate[]> =>
    look.phase === 'prepare' ? [] : readFormer(place, chosen?.arn, { look, scope });
  if (desired && isShared(place, { look, scope })) {
    const { AwaitCertificate, RequestCertificate } = scope.known;
    const { certificateArn: arn = standIn('certificate') } = AwaitCertificate ?? RequestCertificate ?? {};
    const chosen: ChosenCertificate = { arn, tags: {}, records: [], shared: true };
    return { chosen, former: await formerBeside(chosen) };
  }
  if (desired?.secret !== undefined && look.phase !== 'release') {
    if (!look.readImport) throw new Error(`Cannot read the secret of "${site?.domain}": nothing is prepared here`);
    const { chosen, source } = await look.readImport(place, { look, scope });
    return { ...(chosen && { chosen }), former: await formerBeside(chosen), ...(source && { source }) };
  }
  const chosen = desired && (await readChosen(place, desired, { look, scope }));
  return { ...(chosen && { chosen }), former: await formerBeside(chosen) };
}

/** Whether the stack is in CloudFront's region, and one import serves both. */
function isShared(place: CertificatePlace, { look: { environment }, scope: { site } }: Reading): boolean {
  if (!site || place.region !== environment.region) return false;
  const secret = place.imported(site);
  return secret !== undefined && secret === HOME.imported(site);
}

/** What is released is all but the one that was waited for, whatever else would be chosen now. */
async function readChosen(
  place: CertificatePlace,
  { names, named, exportable, adopt }: DesiredCertificate,
  { look, scope: { owner, record, known } }: Reading,
): Promise<ChosenCertificate | undefined> {
  if (look.phase === 'release') {
    const arn = known[place.wait]?.certificateArn;
    return arn === undefined ? undefined : { arn, tags: arn === named ? {} : ownerTags(owner) };
  }
  const acm = acmIn(place, look);
  if (named !== undefined) return { arn: named, tags: {}, records: [] };
  const requested = record && requestedBy(record, place);
  if (requested === undefined) {
    const others = othersOf(place, record);
    const found = await findCertificate(acm, { names, owner, adopt, exportable, keys: place.keys, others });
    return found && chosenFrom(found, names);
  }
  const tags = ownerTags(owner);
  const described = await describeCertificate(acm, requested);
  return described ? chosenFrom({ ...described, tags }, names) : { arn: requested, tags };
}

function chosenFrom(found: TaggedCertificate, names: string[]): ChosenCertificate {
  const { arn, tags, status, validation } = found;
  const asked = validationRecords({ names, validation });
  return {
    arn,
    tags,
    status,
    ...('records' in asked && { records: asked.records }),
    ...(found.failureReason !== undefined && { failureReason: found.failureReason }),
  };
}

/** Those in the ledger, whatever became of them, and one whose request was lost before the ledger had it. */
async function readFormer(
  place: CertificatePlace,
  chosen: string | undefined,
  { look, scope }: Reading,
): Promise<FormerCertificate[]> {
  const { owner, record } = scope;
  // Most sites never had one there: a step that has not begun has requested nothing.
  if (place.region !== undefined && !(record && stepOf(record, place.request))) return [];
  const acm = acmIn(place, look);
  const listed = (await listCertificates(acm)).filter(({ domain }) => domain === owner.domain).map(({ arn }) => arn);
  const remembered = record ? madeOf(record, place.type).map(({ id }) => id) : [];
  const kept = [chosen, ...othersOf(place, record)];
  const arns = [...new Set([...listed, ...remembered])].filter((arn) => !kept.includes(arn));
  const described = await Promise.all(arns.map((arn) => describeCertificate(acm, arn)));
  const former: FormerCertificate[] = [];
  for (const each of described.filter((one): one is Certificate => one !== undefined)) {
    const { arn, names, isExportable } = each;
    if (!isOwnedBy(owner, await readCertificateTags(acm, arn))) continue;
    const isAdopted = record && beforeOf(record, place.type, arn) !== undefined;
    former.push({
      arn,
      names,
      ...(isExportable && { isExportable }),
      users: isAdopted ? [] : await readUsers(each, look, scope),
    });
  }
  return former;
}
