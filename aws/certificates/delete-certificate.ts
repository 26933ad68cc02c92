import { type ACMClient, DeleteCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm';

/** Deletes a certificate; one that isn't there is deleted already. ACM refuses one that something uses (failures A19). */
export async function deleteCertificate(acm: ACMClient, arn: string): Promise<void> {
  try {
    await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
