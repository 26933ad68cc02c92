import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../aws/certificates/describe-certificate.ts';
import { type ListedCertificate, listCertificates } from '../aws/certificates/list-certificates.ts';
import { type Certificate, isUsable } from '../domain/certificates/certificate.ts';
import { isOwnedBy, type Owner } from '../domain/ownership.ts';

/**
 * One that is ours, for these names, and may still be used: asked for before, its answer lost or its site failed.
 * `listed` spares the listing to whoever has those that are issued or on their way already.
 */
export async function findCertificate(
  acm: ACMClient,
  { names, owner, listed }: { names: string[]; owner: Owner; listed?: readonly ListedCertificate[] },
): Promise<Certificate | undefined> {
  const candidates = (listed ?? (await listCertificates(acm))).filter(({ domain }) => domain === owner.domain);
  for (const { arn } of candidates) {
    const certificate = await describeCertificate(acm, arn);
    if (!certificate || !isUsable(certificate, names)) continue;
    if (isOwnedBy(owner, await readCertificateTags(acm, arn))) return certificate;
  }
  return undefined;
}
