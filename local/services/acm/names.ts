import { AwsError } from '../../wire/service.ts';
import { NAMES_PER_CERTIFICATE } from './quotas.ts';

// Source: ACM API Reference, "RequestCertificate"; checked 2026-11-22.
const MAX_COMMON_NAME = 64;

/**
 * The names of a request: lower case, each once, the domain name first.
 * Throws what RequestCertificate answers when one of them can't be in a certificate.
 */
export function requestedNames(domainName: string, alternatives: string[] | undefined): string[] {
  if (domainName.length > MAX_COMMON_NAME) {
    throw new AwsError(
      'InvalidDomainValidationOptionsException',
      `The first domain name can be no longer than ${MAX_COMMON_NAME} characters.`,
    );
  }
  const names = [...new Set([domainName, ...(alternatives ?? [])].map((name) => name.toLowerCase()))];
  const reserved = names.find(hasReservedLabel);
  if (reserved !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      `The domain name ${reserved} is not valid: a label may have hyphens in its third and fourth place only after "xn".`,
    );
  }
  if (names.length > NAMES_PER_CERTIFICATE) {
    throw new AwsError('LimitExceededException', 'Certificate has too many domains.');
  }
  return names;
}

/** "ab--x": kept for A-labels (RFC 5891), so that only "xn--x" is one. */
const hasReservedLabel = (name: string): boolean =>
  name.split('.').some((label) => label.slice(2, 4) === '--' && !label.startsWith('xn'));
