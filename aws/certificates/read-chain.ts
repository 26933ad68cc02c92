import { X509Certificate } from 'node:crypto';
import { type ACMClient, GetCertificateCommand } from '@aws-sdk/client-acm';

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** An issued certificate and those that were imported with it, as they are served: its own first. */
export async function readChain(acm: ACMClient, arn: string): Promise<X509Certificate[]> {
  const { Certificate = '', CertificateChain = '' } = await acm.send(
    new GetCertificateCommand({ CertificateArn: arn }),
  );
  return [...`${Certificate}\n${CertificateChain}`.matchAll(PEM_BLOCK)].map(([block]) => new X509Certificate(block));
}
