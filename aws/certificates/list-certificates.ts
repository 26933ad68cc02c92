import { type ACMClient, KeyAlgorithm, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { USABLE } from '../../domain/certificates/certificate.ts';

/** The most that a page holds. Source: ListCertificates, `MaxItems`, checked 2026-11-22. */
const PAGE_SIZE = 1_000;

export interface ListedCertificate {
  arn: string;
  /** The common name. */
  domain: string;
  /** All names, unless there are more of them than a listing tells. */
  names?: string[];
  status: string;
  /** "AMAZON_ISSUED", "IMPORTED" or "PRIVATE". */
  type: string;
  /** What kind of key it has: "RSA_2048". */
  key?: string;
  startsAt?: Date;
  expiresAt?: Date;
  /** Whether something of AWS has it, and whether ACM renews it. */
  inUse: boolean;
  isEligible: boolean;
  /** When it was requested; absent for an imported one. */
  requestedAt?: Date;
}

/**
 * The certificates that are issued or on their way, or those of every status, all pages and of every kind of key: left
 * to itself ACM lists RSA of 1024 and 2048 bits only (failures A4). Both ask the same of ACM, which lets itself be listed
 * about once a second: who looks for both in one look asks once (failures A10).
 */
export async function listCertificates(
  acm: ACMClient,
  { everyStatus = false }: { everyStatus?: boolean } = {},
): Promise<ListedCertificate[]> {
  const found: ListedCertificate[] = [];
  let NextToken: string | undefined;
  do {
    const page = await acm.send(
      new ListCertificatesCommand({
        Includes: { keyTypes: Object.values(KeyAlgorithm) },
        MaxItems: PAGE_SIZE,
        ...(NextToken !== undefined && { NextToken }),
      }),
    );
    for (const {
      CertificateArn: arn = '',
      DomainName: domain = '',
      Status: status = '',
      Type: type = '',
      CreatedAt,
      NotBefore,
      NotAfter,
      InUse: inUse = false,
      RenewalEligibility,
      KeyAlgorithm: key,
      SubjectAlternativeNameSummaries: names,
      HasAdditionalSubjectAlternativeNames: more,
    } of page.CertificateSummaryList ?? []) {
      const requested = type === 'AMAZON_ISSUED' && CreatedAt;
      found.push({
        arn,
        domain,
        status,
        type,
        // ACM lists as "RSA-2048" what it takes as "RSA_2048".
        ...(key !== undefined && { key: key.replace('-', '_') }),
        ...(NotBefore && { startsAt: NotBefore }),
        ...(NotAfter && { expiresAt: NotAfter }),
        inUse,
        isEligible: RenewalEligibility === 'ELIGIBLE',
        ...(requested && { requestedAt: requested }),
        ...(names && !more && { names }),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return everyStatus ? found : found.filter(({ status }) => USABLE.includes(status));
}
