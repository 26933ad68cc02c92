import { type ACMClient, type CertificateDetail, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import type { AcmCertificate, Renewal } from '../../domain/care/watched-certificate.ts';
import { isCode } from '../error-code.ts';

/** All that ACM says of a certificate and of its renewal; one that is not there has the status "DELETED". */
export async function readAcmCertificate(acm: ACMClient, arn: string): Promise<AcmCertificate> {
  try {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    return described(arn, Certificate ?? {});
  } catch (error) {
    if (!isCode(error, 'ResourceNotFound')) throw error;
    return { arn, status: 'DELETED', type: 'unknown', inUse: false, isEligible: false };
  }
}

function described(arn: string, found: CertificateDetail): AcmCertificate {
  const { Status, Type, NotBefore, NotAfter, InUseBy = [], RenewalEligibility, Serial, RenewalSummary } = found;
  return {
    arn,
    status: Status ?? 'unknown',
    type: Type ?? 'unknown',
    ...(NotBefore && { validFrom: NotBefore }),
    ...(NotAfter && { validTo: NotAfter }),
    inUse: InUseBy.length > 0,
    isEligible: RenewalEligibility === 'ELIGIBLE',
    detail: {
      ...(Serial !== undefined && { serial: Serial }),
      names: found.SubjectAlternativeNames ?? [],
      ...(RenewalSummary && { renewal: renewalOf(RenewalSummary) }),
    },
  };
}

function renewalOf(summary: NonNullable<CertificateDetail['RenewalSummary']>): Renewal {
  const waiting = (summary.DomainValidationOptions ?? []).filter(
    ({ ValidationStatus: status }) => status === 'PENDING_VALIDATION' || status === 'FAILED',
  );
  const records = waiting.flatMap(({ ResourceRecord: record }) =>
    record ? [`${record.Name} ${record.Type} ${record.Value}`] : [],
  );
  return {
    status: summary.RenewalStatus ?? 'unknown',
    ...(summary.RenewalStatusReason !== undefined && { reason: summary.RenewalStatusReason }),
    ...(summary.UpdatedAt && { updatedAt: summary.UpdatedAt }),
    // A name and its wildcard share theirs.
    waitsFor: [...new Set(records)],
  };
}
