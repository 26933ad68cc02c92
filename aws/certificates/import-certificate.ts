import { type ACMClient, ImportCertificateCommand } from '@aws-sdk/client-acm';
import { Failure } from '../../domain/errors.ts';
import { isCode } from '../error-code.ts';
import { tagList } from '../tags.ts';
import type { Material } from './stored-certificate.ts';

/**
 * Imports a certificate into ACM, new with tags, or in the place of one that was imported before.
 *
 * @returns its ARN
 * @throws {Failure} "Misconfigured" with ACM's own words where it does not take it: they quote nothing of the key
 */
export async function importInto(
  acm: ACMClient,
  { certificate, chain, privateKey, arn, tags }: Material & { arn?: string; tags?: Record<string, string> },
): Promise<string> {
  try {
    const { CertificateArn } = await acm.send(
      new ImportCertificateCommand({
        Certificate: Buffer.from(certificate),
        PrivateKey: Buffer.from(privateKey),
        ...(chain !== '' && { CertificateChain: Buffer.from(chain) }),
        ...(arn !== undefined && { CertificateArn: arn }),
        ...(tags && { Tags: tagList(tags) }),
      }),
    );
    if (CertificateArn === undefined) throw new Error('Cannot import the certificate: the answer is empty');
    return CertificateArn;
  } catch (error) {
    if (!isCode(error, 'Validation', 'InvalidParameter')) throw error;
    const next =
      arn === undefined
        ? 'store another one'
        : 'name another secret in the document, so that it gets an ARN of its own';
    throw new Failure('Misconfigured', `ACM does not take the certificate of the secret: ${error.message}; ${next}`, {
      cause: error,
    });
  }
}
