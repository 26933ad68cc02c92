import type { DomainScope, PrevalidationOptions } from '@aws-sdk/client-acm';
import { AwsError } from '../../../wire/service.ts';
import type { DomainValidation } from './endpoint.ts';
import { oneOf } from './member.ts';

const OPTIONS = ['ENABLED', 'DISABLED'] as const;
const SETTINGS = ['ExactDomain', 'Subdomains', 'Wildcards'] as const;

/** What a validation is to cover, every setting said. Throws ValidationException when that is nothing. */
export function readScope(options: PrevalidationOptions | undefined): {
  scope: DomainScope;
  hostedZoneId: string | undefined;
} {
  const dns = options?.DnsPrevalidation;
  if (!dns) throw new AwsError('ValidationException', 'PrevalidationOptions must have exactly one member.');
  const scope = Object.fromEntries(
    SETTINGS.map((name) => [name, oneOf(dns.DomainScope?.[name] ?? 'DISABLED', `domainScope.${name}`, OPTIONS)]),
  ) as DomainScope;
  if (!SETTINGS.some((name) => scope[name] === 'ENABLED')) {
    throw new AwsError('ValidationException', 'At least one setting of DomainScope must be ENABLED.');
  }
  return { scope, hostedZoneId: dns.HostedZoneId };
}

/**
 * Whether a validation covers a name of an order. A wildcard is covered by its parent alone, and "subdomains" means names.
 * Source: ACM User Guide, "Domain validation scope"; checked 2026-11-29.
 */
export function covers({ domainName, scope }: DomainValidation, name: string): boolean {
  if (name.startsWith('*.')) return scope.Wildcards === 'ENABLED' && name.slice(2) === domainName;
  if (name === domainName) return scope.ExactDomain === 'ENABLED';
  return scope.Subdomains === 'ENABLED' && name.endsWith(`.${domainName}`);
}
