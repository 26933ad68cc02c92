import type { RenewCertificateRequest, UpdateCertificateOptionsRequest } from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { onCertificate } from './on-certificate.ts';

/** Changes the preference for transparency logs, which no longer has an effect at AWS either. */
export const updateCertificateOptions = (acm: Acm): Operation<UpdateCertificateOptionsRequest, object> => ({
  ...onCertificate<UpdateCertificateOptionsRequest>(acm),
  run({ CertificateArn, Options }, call) {
    const certificate = acm.certificates.get(CertificateArn, call);
    if (certificate.type !== 'AMAZON_ISSUED' || certificate.status !== 'ISSUED') {
      throw new AwsError('InvalidStateException', `Certificate ${certificate.arn} was not issued by ACM or not yet.`);
    }
    if (Options?.Export !== undefined && Options.Export !== certificate.options.Export) {
      throw new AwsError(
        'InvalidStateException',
        'The Export option can not be changed after the certificate was requested.',
      );
    }
    const preference = Options?.CertificateTransparencyLoggingPreference;
    if (preference)
      certificate.options = { ...certificate.options, CertificateTransparencyLoggingPreference: preference };
    return {};
  },
});

/** Only exported certificates can be renewed on request: what a renewal on request does is not here. */
export const renewCertificate = (acm: Acm): Operation<RenewCertificateRequest, object> => ({
  ...onCertificate<RenewCertificateRequest>(acm),
  run({ CertificateArn }, call) {
    const { arn } = acm.certificates.get(CertificateArn, call);
    throw new AwsError('ValidationException', `Certificate ${arn} is not eligible for renewal on request.`);
  },
});
