import type { Failed } from '../gates/verdict.ts';
import type { Certificate } from './certificate.ts';
import { NOTHING_SEEN } from './rerequest-policy.ts';

/** What became of a request: a value while it may still succeed, a failure with the fix when it can't. */
export type Outcome = { state: 'issued' } | { state: 'pending' } | Failed;

export function outcomeOf(certificate: Pick<Certificate, 'status' | 'failureReason' | 'names'>): Outcome {
  switch (certificate.status) {
    case 'ISSUED':
      return { state: 'issued' };
    case 'PENDING_VALIDATION':
      return { state: 'pending' };
    case 'VALIDATION_TIMED_OUT':
      return failed('Misconfigured', certificate, TIMED_OUT);
    case 'FAILED':
      return failedBy(certificate);
    default:
      return failed(
        'Refused',
        certificate,
        `its status is "${certificate.status}". Declare the site again for a new one`,
      );
  }
}

/** Once it was asked for the last time (failures A7). */
const TIMED_OUT = `${NOTHING_SEEN}, then declare the site again for a new one`;

/**
 * The fix for each reason. Source: ACM User Guide, "Certificate request fails", and the API's FailureReason, checked
 * 2026-11-22 (failures A5, A8).
 */
const FIXES: Record<string, [Failed['name'], string]> = {
  CAA_ERROR: [
    'Misconfigured',
    'a CAA record forbids it. Add a record CAA 0 issue "amazon.com" at the name or above it, where a CAA record stands (where the name is a CNAME, at its target), then declare the site again for a new one',
  ],
  DOMAIN_NOT_ALLOWED: [
    'Refused',
    'a name is on a list of unsafe sites. Have the name taken off (Google Safe Browsing tells), then write to AWS Support',
  ],
  DOMAIN_VALIDATION_DENIED: ['Refused', 'AWS denies to validate a name. Write to AWS Support'],
  ADDITIONAL_VERIFICATION_REQUIRED: ['Refused', 'AWS wants to verify more by hand. Open a case with AWS Support'],
  INVALID_PUBLIC_DOMAIN: [
    'Misconfigured',
    'a name is under no public top-level domain. Correct the name, then declare the site again',
  ],
  NO_AVAILABLE_CONTACTS: [
    'Misconfigured',
    'ACM found no contact to ask by mail. Declare the site again: the request must be validated by DNS',
  ],
  SLR_NOT_FOUND: [
    'Refused',
    'the account lacks the service-linked role of ACM. Create it (aws iam create-service-linked-role --aws-service-name acm.amazonaws.com), then declare the site again',
  ],
  PCA_LIMIT_EXCEEDED: ['QuotaReached', 'the private authority has issued all that it may'],
};

function failedBy(certificate: Pick<Certificate, 'failureReason' | 'names'>): Outcome {
  const reason = certificate.failureReason ?? 'no reason given';
  const known = FIXES[reason];
  if (known) return failed(known[0], certificate, `${known[1]} (${reason})`);
  return failed('Refused', certificate, `ACM says "${reason}". Open a case with AWS Support`);
}

function failed(name: Failed['name'], { names }: Pick<Certificate, 'names'>, why: string): Failed {
  const list = names.map((known) => `"${known}"`).join(', ');
  return { state: 'failed', name, message: `Cannot get the certificate for ${list}: ${why}` };
}
