import { type ACMClient, DeleteCertificateCommand } from '@aws-sdk/client-acm';
import { isCode } from '../error-code.ts';

/** Deletes a certificate; one that isn't there is deleted already. ACM refuses one that something uses (failures A19). */
export async function deleteCertificate(acm: ACMClient, arn: string): Promise<void> {
  try {
    await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
  } catch (error) {
    if (!isCode(error, 'ResourceNotFound')) throw error;
  }
}
