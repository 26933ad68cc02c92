import type {
  CertificateSummary,
  Filters,
  KeyAlgorithm,
  ListCertificatesRequest,
  ListCertificatesResponse,
} from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { type Certificate, domainName, keyPairOrigin, renewable } from './certificate.ts';

// Source: ACM API Reference, "ListCertificates", "Filters"; checked 2026-11-22.
const DEFAULT_KEY_TYPES: KeyAlgorithm[] = ['RSA_1024', 'RSA_2048'];
const MAX_ITEMS = 1_000;

/** Summaries of the Region's certificates: by default only those with RSA keys up to 2048 bits. */
export const listCertificates = (acm: Acm): Operation<ListCertificatesRequest, ListCertificatesResponse> => ({
  run(input, { region }) {
    if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
      throw new AwsError('InvalidArgsException', 'SortBy and SortOrder must be specified together.');
    }
    const most = input.MaxItems ?? MAX_ITEMS;
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
