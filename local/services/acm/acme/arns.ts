import type { Draws } from '../../../draws/draws.ts';
import { violation } from '../../../wire/violation.ts';

// Source: ACM API Reference, the types of "AcmeEndpointArn" and the like; checked 2026-11-29.
const ENDPOINT = 'arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:acme-endpoint/[a-zA-Z0-9-]+';
const MAX_LENGTH = 200;

/** The three kinds of ACME resources by the member that names one. */
const ARNS = {
  acmeEndpointArn: ENDPOINT,
  acmeDomainValidationArn: `${ENDPOINT}/acme-domain-validation/[a-zA-Z0-9-]+`,
  acmeExternalAccountBindingArn: `${ENDPOINT}/acme-external-account-binding/[a-zA-Z0-9-]+`,
} as const;

type ArnMember = keyof typeof ARNS;

/** Throws ValidationException for what is no ARN of the kind. */
export function checkArn(arn: string, member: ArnMember): void {
  const broken = (constraint: string) => violation(arn, { member, constraint, code: 'ValidationException' });
  if (arn.length === 0) throw broken('Member must have length greater than or equal to 1');
  if (arn.length > MAX_LENGTH) throw broken(`Member must have length less than or equal to ${MAX_LENGTH}`);
  const pattern = ARNS[member];
  if (!new RegExp(`^${pattern}$`).test(arn)) {
    throw broken(`Member must satisfy regular expression pattern: ${pattern}`);
  }
}

/** The endpoint's ARN in that of a resource of it. */
export const endpointArnOf = (arn: string): string => arn.split('/').slice(0, 2).join('/');

export const isAcmeArn = (arn: string): boolean => arn.includes(':acme-endpoint/');

/** An id that looks like a UUID. */
export function uuid(draws: Draws, what: string): string {
  const digits = draws.hex(what, 32);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
