import { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import { type Certificate, validationRecords } from '../../domain/certificates/certificate.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { beforeOf, madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  type ChosenCertificate,
  certificateChanges,
  certificateHandle,
  type DesiredCertificate,
  type FormerCertificate,
  type SeenCertificates,
  TYPE,
} from './changes.ts';
import { findCertificate, type TaggedCertificate } from './find-certificate.ts';
import { requestedBy } from './generation.ts';
import { readUsers } from './read-users.ts';

/** The certificate for all names that viewers use, validated by DNS. ACM issues it later: `AwaitCertificate` waits for that. */
export const certificate: Resource<DesiredCertificate, SeenCertificates, StepOutputs['RequestCertificate']> = {
  type: TYPE,
  desired: ({ site }) =>
    site && needsResource(site, TYPE)
      ? [
          {
            names: servedNames(site),
            adopt: site.adopt === true,
            ...(site.certificate && { named: site.certificate.arn }),
          },
        ]
      : [],
  read: readCertificates,
  changes: certificateChanges,
  handles: certificateHandle,
};

async function readCertificates(look: Look, scope: Scope): Promise<SeenCertificates> {
  const [desired] = certificate.desired(scope);
  const chosen = desired && (await readChosen(desired, look, scope));
  const former = look.phase === 'prepare' ? [] : await readFormer(chosen?.arn, look, scope);
  return { ...(chosen && { chosen }), former };
}

/** What is released is all but the one that was waited for, whatever else would be chosen now. */
async function readChosen(
  { names, named, adopt }: DesiredCertificate,
  { clients, phase }: Look,
  { owner, record, known }: Scope,
): Promise<ChosenCertificate | undefined> {
  if (phase === 'release') {
    const arn = known.AwaitCertificate?.certificateArn;
    return arn === undefined ? undefined : { arn, tags: arn === named ? {} : ownerTags(owner) };
  }
  const acm = clients(ACMClient);
  if (named !== undefined) return { arn: named, tags: {}, records: [] };
  const requested = record && requestedBy(record);
  if (requested === undefined) {
    const found = await findCertificate(acm, { names, owner, adopt });
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
async function readFormer(chosen: string | undefined, look: Look, scope: Scope): Promise<FormerCertificate[]> {
  const { owner, record } = scope;
  const acm = look.clients(ACMClient);
  const listed = (await listCertificates(acm)).filter(({ domain }) => domain === owner.domain).map(({ arn }) => arn);
  const remembered = record ? madeOf(record, TYPE).map(({ id }) => id) : [];
  const arns = [...new Set([...listed, ...remembered])].filter((arn) => arn !== chosen);
  const described = await Promise.all(arns.map((arn) => describeCertificate(acm, arn)));
  const former: FormerCertificate[] = [];
  for (const each of described.filter((one): one is Certificate => one !== undefined)) {
    const { arn, names } = each;
    if (!isOwnedBy(owner, await readCertificateTags(acm, arn))) continue;
    const isAdopted = record && beforeOf(record, TYPE, arn) !== undefined;
    former.push({ arn, names, users: isAdopted ? [] : await readUsers(each, look, scope) });
  }
  return former;
}
