import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { readChain } from '../../aws/certificates/read-chain.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { chainErrorOf } from '../../aws/probes/chain.ts';
import { dnsNames, trustedRoots } from '../../aws/probes/tls.ts';
import {
  misplacedCertificate,
  type NamedCertificate,
  namedCertificateProblem,
} from '../../domain/certificates/named-certificate.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import type { Site } from '../../domain/sites/site.ts';
import { acmIn } from './acm-in.ts';

/** Reads the certificate that a place of a site serves because the document names it, and says why it cannot be served there; nothing where it serves another. */
export async function readNamedCertificate(
  place: CertificatePlace,
  clients: Clients,
  site: Site,
  environment: Pick<Environment, 'region' | 'account' | 'stackName'>,
  now: Date,
): Promise<{ certificate?: NamedCertificate; problem?: FieldError }> {
  const arn = place.named(site);
  if (arn === undefined) return {};
  const misplaced = misplacedCertificate(arn, place, environment);
  if (misplaced) return { problem: misplaced };
  const acm = acmIn(place, { clients, environment });
  const described = await describeCertificate(acm, arn);
  const certificate = described && {
    ...described,
    tags: await readCertificateTags(acm, arn),
    ...(described.type === 'IMPORTED' && described.status === 'ISSUED' && (await readTrust(acm, arn))),
  };
  const owner = { domain: site.domain, stack: environment.stackName };
  const problem = namedCertificateProblem(site, { arn, certificate, place, owner, now });
  return { ...(certificate && { certificate }), ...(problem && { problem }) };
}

/**
 * What ACM does not check of what is imported: whether browsers will trust it as it is served, and for which names they take it, which
 * are the alternative ones alone.
 */
export async function readTrust(
  acm: ACMClient,
  arn: string,
): Promise<Pick<NamedCertificate, 'names'> & { chainError?: string }> {
  const sent = await readChain(acm, arn);
  const [leaf] = sent;
  const chainError = chainErrorOf(sent, trustedRoots());
  return { names: leaf ? dnsNames(leaf) : [], ...(chainError !== undefined && { chainError }) };
}
