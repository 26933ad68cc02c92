import { AwsError } from '../../wire/service.ts';
import { NAMES_PER_CERTIFICATE } from './quotas.ts';

// Source: ACM API Reference, "RequestCertificate"; checked 2026-11-22.
const PATTERN = '(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])';
const NAME = new RegExp(`^${PATTERN}$`);
const MAX_NAME = 253;
const MAX_COMMON_NAME = 64;
const MAX_NAMES = 100;

/**
 * The names of a request: lower case, each once, the domain name first.
 * Throws what RequestCertificate answers when one of them can't be in a certificate.
 */
export function requestedNames(domainName: string, alternatives: string[] | undefined): string[] {
  const wrong = domainNameViolation(domainName) ?? alternativesViolation(alternatives);
  if (wrong) throw new AwsError('ValidationException', `1 validation error detected: Value ${wrong}`);
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

function domainNameViolation(name: string): string | undefined {
  const failed = `'${name}' at 'domainName' failed to satisfy constraint: Member must`;
  if (name.length === 0) return `${failed} have length greater than or equal to 1`;
  if (name.length > MAX_NAME) return `${failed} have length less than or equal to ${MAX_NAME}`;
  if (!NAME.test(name)) return `${failed} satisfy regular expression pattern: ${PATTERN}`;
  return undefined;
}

function alternativesViolation(names: string[] | undefined): string | undefined {
  if (!names) return undefined;
  const failed = `'[${names.join(', ')}]' at 'subjectAlternativeNames' failed to satisfy constraint: Member must`;
  if (names.length === 0) return `${failed} have length greater than or equal to 1`;
  if (names.length > MAX_NAMES) return `${failed} have length less than or equal to ${MAX_NAMES}`;
  if (names.every((name) => name.length <= MAX_NAME && NAME.test(name))) return undefined;
  return `${failed} satisfy constraint: [Member must have length less than or equal to ${MAX_NAME}, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ${PATTERN}]`;
}

/** "ab--x": kept for A-labels (RFC 5891), so that only "xn--x" is one. */
const hasReservedLabel = (name: string): boolean =>
  name.split('.').some((label) => label.slice(2, 4) === '--' && !label.startsWith('xn'));
