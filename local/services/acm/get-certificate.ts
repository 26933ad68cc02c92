import type { GetCertificateRequest, GetCertificateResponse } from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { onCertificate } from './on-certificate.ts';

/** The certificate and its chain, without the key. */
export const getCertificate = (acm: Acm): Operation<GetCertificateRequest, GetCertificateResponse> => ({
  ...onCertificate<GetCertificateRequest>(acm),
  run({ CertificateArn }, call) {
    const { material, status } = acm.certificates.get(CertificateArn, call);
    if (material) return { Certificate: material.certificatePem, CertificateChain: material.chainPem };
    throw status === 'PENDING_VALIDATION'
      ? new AwsError('RequestInProgressException', `The certificate ${CertificateArn} has not been issued yet.`)
      : new AwsError('ResourceNotFoundException', `The certificate ${CertificateArn} was not issued: it is ${status}.`);
  },
});
