import type {
  CertificateSummary,
  Filters,
  KeyAlgorithm,
  ListCertificatesRequest,
  ListCertificatesResponse,
} from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import type { Acm } from './acm.ts';
import { type Certificate, domainName, keyPairOrigin, renewable } from './certificate.ts';

// Source: ACM API Reference, "ListCertificates", "Filters"; checked 2026-11-22.
const DEFAULT_KEY_TYPES: KeyAlgorithm[] = ['RSA_1024', 'RSA_2048'];
const MAX_ITEMS = 1_000;
const STATUSES = ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED', 'VALIDATION_TIMED_OUT', 'REVOKED', 'FAILED'];

/** Summaries of the Region's certificates: by default only those with RSA keys up to 2048 bits. */
export const listCertificates = (acm: Acm): Operation<ListCertificatesRequest, ListCertificatesResponse> => ({
  run(input, { region }) {
    if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
      throw new AwsError('InvalidArgsException', 'SortBy and SortOrder must be specified together.');
    }
    for (const status of input.CertificateStatuses ?? []) checkStatus(status);
    const most = input.MaxItems ?? MAX_ITEMS;
    if (most < 1 || most > MAX_ITEMS) {
      const bound = most < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ITEMS}`;
      const constraint = `Member must have value ${bound}`;
      throw violation(most, { member: 'maxItems', constraint, code: 'ValidationException' });
    }
    const wanted = acm.certificates.all(region).filter((one) => matches(one, input));
    if (input.SortOrder === 'DESCENDING') wanted.reverse();
    const start = startOf(wanted, input.NextToken);
    const page = wanted.slice(start, start + most);
    const next = wanted[start + most];
    return {
      CertificateSummaryList: page.map(summary),
      ...(next ? { NextToken: Buffer.from(next.arn).toString('base64url') } : {}),
    };
  },
});

function checkStatus(status: string): void {
  if (STATUSES.includes(status)) return;
  const constraint = `Member must satisfy constraint: [Member must satisfy enum value set: [${STATUSES.join(', ')}]]`;
  throw violation(`[${status}]`, { member: 'certificateStatuses', constraint, code: 'ValidationException' });
}

function matches(certificate: Certificate, input: ListCertificatesRequest): boolean {
  const { CertificateStatuses: statuses, CertificateKeyPairOrigins: origins, Includes } = input;
  const origin = keyPairOrigin(certificate);
  if (statuses?.length && !statuses.includes(certificate.status)) return false;
  // What ACME clients got is listed only when it is asked for.
  if (origins?.length ? !origins.includes(origin) : origin === 'ACME') return false;
  return included(certificate, Includes ?? {});
}

function included({ keyAlgorithm, material, options }: Certificate, includes: Filters): boolean {
  const { keyTypes, keyUsage, extendedKeyUsage, exportOption, managedBy } = includes;
  if (!(keyTypes?.length ? keyTypes : DEFAULT_KEY_TYPES).includes(keyAlgorithm)) return false;
  if (keyUsage?.length && !material?.keyUsages.some(({ Name }) => Name && keyUsage.includes(Name))) return false;
  const extended = material?.extendedKeyUsages ?? [];
  if (extendedKeyUsage?.length && !extended.some(({ Name }) => Name && extendedKeyUsage.includes(Name))) return false;
  return (exportOption === undefined || exportOption === options.Export) && managedBy === undefined;
}

/** A token names the first certificate of the next page. */
function startOf(certificates: Certificate[], token: string | undefined): number {
  if (token === undefined) return 0;
  const arn = Buffer.from(token, 'base64url').toString();
  const start = certificates.findIndex((one) => one.arn === arn);
  if (start < 0) throw new AwsError('InvalidArgsException', 'The NextToken is not valid.');
  return start;
}

function summary(certificate: Certificate): CertificateSummary {
  const { material, issuedAt, importedAt } = certificate;
  return {
    CertificateArn: certificate.arn,
    DomainName: domainName(certificate),
    SubjectAlternativeNameSummaries: [...certificate.names],
    HasAdditionalSubjectAlternativeNames: false,
    Status: certificate.status,
    Type: certificate.type,
    KeyAlgorithm: certificate.keyAlgorithm,
    KeyUsages: (material?.keyUsages ?? []).flatMap(({ Name }) => Name ?? []),
    ExtendedKeyUsages: (material?.extendedKeyUsages ?? []).flatMap(({ Name }) => Name ?? []),
    ExportOption: certificate.options.Export,
    InUse: certificate.inUseBy.size > 0,
    Exported: certificate.exported !== undefined,
    RenewalEligibility: renewable(certificate) ? 'ELIGIBLE' : 'INELIGIBLE',
    CreatedAt: certificate.createdAt,
    ...(material ? { NotBefore: material.notBefore, NotAfter: material.notAfter } : {}),
    ...(issuedAt ? { IssuedAt: issuedAt } : {}),
    ...(importedAt ? { ImportedAt: importedAt } : {}),
    ...(certificate.revocation ? { RevokedAt: certificate.revocation.at } : {}),
    CertificateKeyPairOrigin: keyPairOrigin(certificate),
  };
}
