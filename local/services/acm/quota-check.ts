import { AwsError } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { CERTIFICATES, CERTIFICATES_PER_YEAR } from './quotas.ts';

const YEAR_MS = 365 * 86_400_000;

/** Throws when the Region holds, or was asked in a year for, as many certificates as the account may have. */
export function refuseOverQuota(acm: Acm, region: string): void {
  if (acm.certificates.held(region) >= CERTIFICATES) {
    throw new AwsError(
      'LimitExceededException',
      'Cannot request more certificates in this account. Contact Customer Service for details.',
    );
  }
  const aYearAgo = new Date(acm.host.clock.now().getTime() - YEAR_MS);
  if (acm.certificates.askedForSince(aYearAgo, region) >= CERTIFICATES_PER_YEAR) {
    throw new AwsError(
      'LimitExceededException',
      `Error: you have reached your limit of ${CERTIFICATES_PER_YEAR} certificates in the last year.`,
    );
  }
}
