import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '../problems/problem.ts';
import type { SiteDns } from './dns.ts';
import type { Site } from './site.ts';

/** Records kept elsewhere from now on. Nobody could say at which moment the world asks the others. */
export function movesDns(declared: Site, live: Site): FieldError | undefined {
  const { dns = 'route53' } = declared;
  const { dns: before = 'route53' } = live;
  if (isDeepStrictEqual(dns, before)) return undefined;
  const detail = `Cannot move the records of "${declared.domain}": the site is live with them ${where(before)}. Leave "dns" as it was, or undo the site and declare it again`;
  return { pointer: '#/dns', detail };
}

function where(dns: SiteDns): string {
  if (typeof dns === 'object') return `in the account of "${dns.role}"`;
  return dns === 'external' ? 'at another provider' : 'in Route 53 of this account';
}
