import { type ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import type { CertificateRequest } from '../../domain/certificates/request.ts';
import { tagList } from '../tags.ts';

/** What load balancers and CloudFront both take, and every viewer understands (failures A21). */
const KEY_ALGORITHM = 'RSA_2048';

/**
 * Requests a public certificate, to be validated by DNS. The same token within the hour gives the same certificate.
 *
 * @returns its ARN
 */
export async function requestCertificate(
  acm: ACMClient,
  { names, token, exportable = false, tags }: CertificateRequest & { tags: Record<string, string> },
): Promise<string> {
  const [domain, ...others] = names;
  const { CertificateArn } = await acm.send(
    new RequestCertificateCommand({
      DomainName: domain,
      ...(others.length > 0 && { SubjectAlternativeNames: others }),
      ValidationMethod: 'DNS',
      KeyAlgorithm: KEY_ALGORITHM,
      IdempotencyToken: token,
      ...(exportable && { Options: { Export: 'ENABLED' as const } }),
      Tags: tagList(tags),
    }),
  );
  if (CertificateArn === undefined)
    throw new Error(`Cannot request a certificate for "${domain}": the answer is empty`);
  return CertificateArn;
}
