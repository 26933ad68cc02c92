import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../../aws/certificates/list-certificates.ts';
import type { Left } from '../../../aws/ledger/items.ts';
import type { Certificate } from '../../../domain/certificates/certificate.ts';
import { isOwnedBy, resourceName } from '../../../domain/ownership.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { beforeOf, madeOf } from '../ledger/made-of.ts';

/** The site's certificates that are not kept; one that somebody else serves is left. */
export async function leavingCertificates(
  acm: ACMClient,
  { record, owner, kept }: Leaving,
): Promise<{ go: Certificate[]; left: Left[] }> {
  const go: Certificate[] = [];
  const left: Left[] = [];
  for (const certificate of await candidates(acm, { record, kept })) {
    const { arn } = certificate;
    if (!isOwnedBy(owner, await readCertificateTags(acm, arn))) continue;
    const isAdopted = beforeOf(record, 'certificate', arn) !== undefined;
    const user = isAdopted ? undefined : foreignUser(certificate, owner.domain);
    if (user === undefined) go.push(certificate);
    else left.push({ type: 'certificate', id: arn, why: `${user} serves it. Take it off there, then undo again` });
  }
  return { go, left };
}

/** Those in the ledger, whatever became of them, and one that was asked for by a worker that died before it told. */
async function candidates(acm: ACMClient, { record, kept }: Omit<Leaving, 'owner'>): Promise<Certificate[]> {
  const { domain } = record.item;
  const listed = (await listCertificates(acm)).filter((each) => each.domain === domain);
  const arns = new Set(
    [...listed, ...madeOf(record, 'certificate').map(({ id }) => ({ arn: id }))].map(({ arn }) => arn),
  );
  if (kept.certificateArn !== undefined) arns.delete(kept.certificateArn);
  const found = await Promise.all([...arns].map((arn) => describeCertificate(acm, arn)));
  return found.filter((certificate) => certificate !== undefined);
}

/** Something that serves the certificate and isn't the site's own load balancer. */
function foreignUser({ inUseBy }: Certificate, domain: string): string | undefined {
  return inUseBy.find((arn) => !arn.includes(`:loadbalancer/app/${resourceName(domain)}/`));
}
