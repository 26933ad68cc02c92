import { type ACMClient, type CertificateDetail, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { isCode } from '../error-code.ts';

/** A certificate; undefined when ACM doesn't know it, or doesn't yet (failures A2). */
export async function describeCertificate(acm: ACMClient, arn: string): Promise<Certificate | undefined> {
  try {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    return Certificate && described(arn, Certificate);
  } catch (error) {
    if (isCode(error, 'ResourceNotFound')) return undefined;
    throw error;
  }
}

function described(arn: string, detail: CertificateDetail): Certificate {
  return {
    arn,
    status: detail.Status ?? 'unknown',
    ...(detail.FailureReason !== undefined && { failureReason: detail.FailureReason }),
    names: detail.SubjectAlternativeNames ?? (detail.DomainName === undefined ? [] : [detail.DomainName]),
    ...(detail.CreatedAt && { requestedAt: detail.CreatedAt }),
    validation: (detail.DomainValidationOptions ?? []).map(({ DomainName: domain = '', ResourceRecord: record }) => ({
      domain,
      ...(record?.Name && record.Value && { record: { domain, name: record.Name, value: record.Value } }),
    })),
    type: detail.Type ?? 'unknown',
    // ACM describes "RSA-2048" what it takes as "RSA_2048".
    ...(detail.KeyAlgorithm !== undefined && { key: detail.KeyAlgorithm.replace('-', '_') }),
    isExportable: detail.Options?.Export === 'ENABLED',
    isAcme: detail.CertificateKeyPairOrigin === 'ACME',
    ...(detail.NotAfter && { expiresAt: detail.NotAfter }),
    renewedByDns:
      detail.Type === 'AMAZON_ISSUED' &&
      (detail.DomainValidationOptions ?? []).every(({ ValidationMethod: method }) => method === 'DNS'),
    inUseBy: detail.InUseBy ?? [],
  };
}
