import type { FailureReason } from '@aws-sdk/client-acm';
import type { ServiceEvent } from '../../host.ts';
import type { Acm } from './acm.ts';
import { type Certificate, domainName } from './certificate.ts';

// Source: AWS Certificate Manager User Guide, "Amazon EventBridge support for ACM"; checked 2026-11-22.

const DAY_MS = 86_400_000;

/** Days until the certificate ends, a begun one counted. */
export function daysToExpiry(certificate: Certificate, now: Date): number {
  return Math.ceil(((certificate.material?.notAfter.getTime() ?? 0) - now.getTime()) / DAY_MS);
}

export function emitAvailable(
  acm: Acm,
  certificate: Certificate,
  Action: 'ISSUANCE' | 'RENEWAL' | 'IMPORT' | 'REIMPORT',
): void {
  emit(acm, certificate, 'ACM Certificate Available', {
    Action,
    ...identity(certificate),
    ...dates(certificate),
    DaysToExpiry: daysToExpiry(certificate, acm.host.clock.now()),
    ...use(certificate),
  });
}

/** Sent daily while the end is near. */
export function emitApproaching(acm: Acm, certificate: Certificate): void {
  emit(acm, certificate, 'ACM Certificate Approaching Expiration', {
    DaysToExpiry: daysToExpiry(certificate, acm.host.clock.now()),
    CommonName: domainName(certificate),
  });
}

export function emitExpired(acm: Acm, certificate: Certificate): void {
  emit(acm, certificate, 'ACM Certificate Expired', {
    ...identity(certificate),
    ...dates(certificate),
    ...use(certificate),
  });
}

export function emitActionRequired(
  acm: Acm,
  certificate: Certificate,
  RenewalStatusReason: FailureReason | 'PENDING_DOMAIN_VALIDATION',
): void {
  emit(acm, certificate, 'ACM Certificate Renewal Action Required', {
    ...identity(certificate),
    RenewalStatusReason,
    DaysToExpiry: daysToExpiry(certificate, acm.host.clock.now()),
    CertificateExpirationDate: dates(certificate).CertificateExpirationDate,
    ...use(certificate),
  });
}

function emit({ host }: Acm, { arn, region }: Certificate, detailType: string, detail: object): void {
  const event: ServiceEvent = { source: 'aws.acm', detailType, region, resources: [arn], detail };
  host.emit(event);
}

const identity = (certificate: Certificate) => ({
  CertificateType: certificate.type,
  CommonName: domainName(certificate),
  ...(certificate.type === 'IMPORTED' ? {} : { DomainValidationMethod: 'DNS' }),
});

const dates = ({ createdAt, material }: Certificate) => ({
  CertificateCreatedDate: toSeconds(createdAt),
  CertificateExpirationDate: toSeconds(material?.notAfter ?? createdAt),
});

const use = ({ inUseBy, exported }: Certificate) => ({ InUse: inUseBy.size > 0, Exported: exported !== undefined });

const toSeconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');
