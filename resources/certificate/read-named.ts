import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { readChain } from '../../aws/certificates/read-chain.ts';
import type { Environment } from '../../aws/environment.ts';
import { chainErrorOf } from '../../aws/probes/chain.ts';
import { dnsNames, trustedRoots } from '../../aws/probes/tls.ts';
import {
  misplacedCertificate,
  type NamedCertificate,
  namedCertificateProblem,
} from '../../domain/certificates/named-certificate.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import type { Site } from '../../domain/sites/site.ts';

/** Reads the certificate that the document of a site names, and says why it cannot be served; nothing where it names none. */
export async function readNamedCertificate(
  acm: ACMClient,
  site: Site,
  { region, account, stackName: stack }: Pick<Environment, 'region' | 'account' | 'stackName'>,
  now: Date,
): Promise<{ certificate?: NamedCertificate; problem?: FieldError }> {
  const { arn } = site.certificate ?? {};
  if (arn === undefined) return {};
  const misplaced = misplacedCertificate(arn, { region, account });
  if (misplaced) return { problem: misplaced };
  const described = await describeCertificate(acm, arn);
  const certificate = described && {
    ...described,
    tags: await readCertificateTags(acm, arn),
    ...(described.type === 'IMPORTED' && described.status === 'ISSUED' && (await readTrust(acm, arn))),
  };
  const problem = namedCertificateProblem(site, { arn, certificate, owner: { domain: site.domain, stack }, now });
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
