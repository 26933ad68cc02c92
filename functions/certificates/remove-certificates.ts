import { ACMClient, ResourceInUseException } from '@aws-sdk/client-acm';
import { readCertificateTags, untagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { deleteCertificate } from '../../aws/certificates/delete-certificate.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import { client } from '../../aws/clients.ts';
import type { Left, SiteRecord } from '../../aws/ledger/items.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { Failure } from '../../domain/errors.ts';
import { isOwnedBy, ownerTags, resourceName } from '../../domain/ownership.ts';
import { beforeOf, madeOf } from '../made-of.ts';
import { step } from '../step.ts';

/** Lets go of certificates that were adopted, and deletes the site's own, once ACM has noticed that our load balancer is gone (failures A19). */
export const handler = step('RemoveCertificates', async ({ site, record, environment }) => {
  const acm = client(ACMClient);
  const owner = { domain: site.domain, stack: environment.stackName };
  const removed: string[] = [];
  const left: Left[] = [];
  for (const certificate of await candidates(acm, record)) {
    const { arn } = certificate;
    if (!isOwnedBy(owner, await readCertificateTags(acm, arn))) continue;
    if (beforeOf(record, 'certificate', arn)) {
      await untagCertificate(acm, { arn, tags: ownerTags(owner) });
      continue;
    }
    const user = foreignUser(certificate, site.domain);
    if (user !== undefined) {
      left.push({ type: 'certificate', id: arn, why: `${user} serves it. Take it off there, then undo again` });
    } else {
      await remove(acm, arn);
      removed.push(arn);
    }
  }
  return {
    gone: madeOf(record, 'certificate').filter(({ id }) => !left.some((each) => each.id === id)),
    output: { left },
    message: removed.length > 0 ? `Removed the certificate ${removed.join(', ')}` : 'No certificate of ours stands',
  };
});

/** Those in the ledger, whatever became of them, and one that was asked for by a worker that died before it told. */
async function candidates(acm: ACMClient, record: SiteRecord): Promise<Certificate[]> {
  const { domain } = record.item;
  const listed = (await listCertificates(acm)).filter((each) => each.domain === domain);
  const arns = new Set(
    [...listed, ...madeOf(record, 'certificate').map(({ id }) => ({ arn: id }))].map(({ arn }) => arn),
  );
  const found = await Promise.all([...arns].map((arn) => describeCertificate(acm, arn)));
  return found.filter((certificate) => certificate !== undefined);
}

/** Something that serves the certificate and isn't the site's own load balancer. */
function foreignUser({ inUseBy }: Certificate, domain: string): string | undefined {
  return inUseBy.find((arn) => !arn.includes(`:loadbalancer/app/${resourceName(domain)}/`));
}

async function remove(acm: ACMClient, arn: string): Promise<void> {
  try {
    await deleteCertificate(acm, arn);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    throw new Failure('NotReady', `Waiting until ACM has noticed that nothing serves the certificate ${arn} any more`, {
      cause: error,
    });
  }
}
