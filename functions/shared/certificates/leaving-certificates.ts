import type { ACMClient } from '@aws-sdk/client-acm';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readCertificateTags } from '../../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../../aws/certificates/list-certificates.ts';
import { listLoadBalancers } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listFurtherCertificates } from '../../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../../aws/load-balancers/resource-tags.ts';
import type { Certificate } from '../../../domain/certificates/certificate.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { beforeOf, madeOf } from '../../../domain/ledger/made-of.ts';
import { isOwnedBy, type Owner, resourceName } from '../../../domain/ownership.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';

/** Own listeners that are left, by their ARNs, and the clients to look for what serves a certificate. */
interface Serving {
  elb: ElasticLoadBalancingV2Client;
  retained: readonly string[];
}

/** The site's certificates that are not kept; one that something else serves, or a listener of ours that is left, is left. */
export async function leavingCertificates(
  acm: ACMClient,
  { record, owner, kept, ...serving }: Leaving & Serving,
): Promise<{ go: Certificate[]; left: Obstacle[] }> {
  const go: Certificate[] = [];
  const left: Obstacle[] = [];
  for (const certificate of await candidates(acm, { record, kept })) {
    const { arn } = certificate;
    if (!isOwnedBy(owner, await readCertificateTags(acm, arn))) continue;
    const isAdopted = beforeOf(record, 'certificate', arn) !== undefined;
    const users = isAdopted ? [] : await usersOf(certificate, { owner, ...serving });
    if (users.length === 0) go.push(certificate);
    else {
      const why = `${users.join(' and ')} serves it. Have it serve another one, ${THEN_AGAIN}`;
      left.push({ type: 'certificate', id: arn, why });
    }
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

/** What serves the certificate and stays: anything but the listeners of the site's own load balancer that go. */
async function usersOf(
  { arn, inUseBy }: Certificate,
  { owner, elb, retained }: Serving & { owner: Owner },
): Promise<string[]> {
  const isOurs = (user: string) => user.includes(`:loadbalancer/app/${resourceName(owner.domain)}/`);
  const users = inUseBy.filter((user) => !isOurs(user));
  const ours = inUseBy.filter(isOurs);
  if (ours.length === 0) return users;
  const standing = [...(await listLoadBalancers(elb)).values()].map((each) => each.arn);
  // ACM may name our load balancer for a while after its listener, or it, is gone.
  for (const loadBalancerArn of ours.filter((each) => standing.includes(each))) {
    const listeners = await listListeners(elb, loadBalancerArn);
    const tags = await readTagsOfEach(
      elb,
      listeners.map((listener) => listener.arn),
    );
    for (const listener of listeners.filter(({ protocol }) => protocol === 'HTTPS')) {
      const tagsOf = tags.get(listener.arn);
      // Gone, although it is still listed; or ours, and removed before the certificate.
      if (!tagsOf || (isOwnedBy(owner, tagsOf) && !retained.includes(listener.arn))) continue;
      const serves =
        listener.certificateArn === arn || (await listFurtherCertificates(elb, listener.arn)).includes(arn);
      if (serves) users.push(`the listener ${listener.arn}`);
    }
  }
  return users;
}
