import type { DeleteCertificateRequest } from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { onCertificate } from './on-certificate.ts';

/** Deletes a certificate that nothing uses, and of which ACM has noticed so. */
export const deleteCertificate = (acm: Acm): Operation<DeleteCertificateRequest, object> => ({
  ...onCertificate<DeleteCertificateRequest>(acm),
  run({ CertificateArn }, call) {
    const certificate = acm.certificates.get(CertificateArn, call);
    if (certificate.inUseBy.size > 0 || certificate.usedBy.size > 0) {
      throw new AwsError(
        'ResourceInUseException',
        `Certificate ${certificate.arn} in account ${call.account} is in use.`,
      );
    }
    if (certificate.acme && certificate.status !== 'EXPIRED') {
      throw new AwsError(
        'ConflictException',
        `Certificate ${certificate.arn} was issued by ACME and can be deleted after it has expired.`,
      );
    }
    acm.certificates.remove(certificate);
    return {};
  },
});
