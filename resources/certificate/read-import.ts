import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import { readChain } from '../../aws/certificates/read-chain.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import { Failure } from '../../domain/errors.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import { siteOf } from '../scope.ts';
import { acmIn } from './acm-in.ts';
import type { ChosenCertificate, Imported } from './changes.ts';
import { othersOf, type Reading } from './others.ts';
import { fingerprintOf, readStoredCertificate } from './read-stored.ts';

/** How an import is read. It takes a client of its own, which what only removes does without. */
export type ReadImport = typeof readImport;

/**
 * What the secret holds, and the certificate of ours that was imported before with a key of the same kind: ACM takes no other under one
 * ARN. It is found by its tags, so that one whose answer was lost is not imported twice.
 *
 * @throws {Failure} "Misconfigured" where the secret cannot be imported and nothing was before
 */
export async function readImport(
  place: CertificatePlace,
  { look, scope }: Reading,
): Promise<{ chosen?: ChosenCertificate; source?: Imported }> {
  const { stored, problem } = await readStoredCertificate(
    place,
    look.clients,
    siteOf(scope),
    look.environment,
    scope.now,
  );
  const chosen = await findImported(acmIn(place, look), place, { scope, key: stored?.key });
  // What is served goes on being served: the survey refuses the secret, and the end of the certificate is told of.
  if (problem && !chosen) throw new Failure('Misconfigured', problem.detail);
  const source = stored && { fingerprint: stored.fingerprint, endsAt: stored.endsAt };
  return { ...(chosen && { chosen }), ...(source && { source }) };
}

async function findImported(
  acm: ACMClient,
  place: CertificatePlace,
  { scope: { owner, record }, key }: Pick<Reading, 'scope'> & { key: string | undefined },
): Promise<ChosenCertificate | undefined> {
  const remembered = record ? madeOf(record, place.type).map(({ id }) => id) : [];
  const listed = (await listCertificates(acm, { everyStatus: true }))
    .filter(({ type }) => type === 'IMPORTED')
    .map(({ arn }) => arn);
  const others = othersOf(place, record);
  // What the ledger knows of is asked for first: the tags of each other one cost a call.
  const arns = [
    ...remembered.filter((arn) => listed.includes(arn)),
    ...listed.filter((arn) => !remembered.includes(arn)),
  ];
  for (const arn of arns.filter((each) => !others.includes(each))) {
    const tags = await readCertificateTags(acm, arn);
    if (!isOwnedBy(owner, tags)) continue;
    const certificate = await describeCertificate(acm, arn);
    if (!certificate || (key !== undefined && certificate.key !== key)) continue;
    const sent = await readChain(acm, arn);
    const fingerprint = fingerprintOf(sent.map((each) => each.fingerprint256.replaceAll(':', '').toLowerCase()));
    const imported = { fingerprint, endsAt: certificate.expiresAt ?? new Date(0) };
    return { arn, tags, status: certificate.status, records: [], imported };
  }
  return undefined;
}
