import type {
  CertificateDetail,
  DescribeCertificateRequest,
  DescribeCertificateResponse,
  KeyAlgorithm,
} from '@aws-sdk/client-acm';
import type { Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { type Certificate, domainName, keyPairOrigin, renewable } from './certificate.ts';
import { domainValidations } from './domain-validations.ts';
import { onCertificate } from './on-certificate.ts';

/** Everything about one certificate but the certificate itself. */
export const describeCertificate = (acm: Acm): Operation<DescribeCertificateRequest, DescribeCertificateResponse> => ({
  ...onCertificate<DescribeCertificateRequest>(acm),
  run: ({ CertificateArn }, call) => ({ Certificate: detail(acm.certificates.get(CertificateArn, call)) }),
});

function detail(certificate: Certificate): CertificateDetail {
  const { material } = certificate;
  return {
    CertificateArn: certificate.arn,
    DomainName: domainName(certificate),
    SubjectAlternativeNames: [...certificate.names],
    Subject: material?.subject ?? `CN=${domainName(certificate)}`,
    Issuer: material?.issuer ?? 'Local AWS',
    CreatedAt: certificate.createdAt,
    Status: certificate.status,
    KeyAlgorithm: described(certificate.keyAlgorithm),
    SignatureAlgorithm: material?.signatureAlgorithm ?? 'SHA256WITHECDSA',
    InUseBy: [...certificate.inUseBy],
    Type: certificate.type,
    KeyUsages: material?.keyUsages ?? [],
    ExtendedKeyUsages: material?.extendedKeyUsages ?? [],
    RenewalEligibility: renewable(certificate) ? 'ELIGIBLE' : 'INELIGIBLE',
    Options: { ...certificate.options },
    CertificateKeyPairOrigin: keyPairOrigin(certificate),
    ...(material ? { Serial: material.serial, NotBefore: material.notBefore, NotAfter: material.notAfter } : {}),
    ...validations(certificate),
    ...present({
      IssuedAt: certificate.issuedAt,
      ImportedAt: certificate.importedAt,
      FailureReason: certificate.failureReason,
      RenewalSummary: certificate.renewal,
      RevokedAt: certificate.revocation?.at,
      RevocationReason: certificate.revocation?.reason,
      AcmeEndpointArn: certificate.acme?.endpointArn,
      AcmeAccountId: certificate.acme?.accountId,
    }),
  };
}

/** As recordings of AWS have it: the SDK's own enum, which requests take, is "RSA_2048". */
const described = (algorithm: KeyAlgorithm): KeyAlgorithm => algorithm.replace(/^RSA_/, 'RSA-') as KeyAlgorithm;

/** Nothing at all until the first name's record has appeared. */
const validations = (certificate: Certificate): Pick<CertificateDetail, 'DomainValidationOptions'> =>
  certificate.validations.some((one) => one.recordShown)
    ? { DomainValidationOptions: domainValidations(certificate) }
    : {};

const present = (members: Partial<CertificateDetail>): Partial<CertificateDetail> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
