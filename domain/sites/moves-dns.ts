import type { FieldError } from '../problems/problem.ts';
import type { SiteDns } from './dns.ts';
import { howToTakeBack } from './life/advice.ts';
import type { Standing } from './life/standing.ts';
import type { Site } from './site.ts';

/**
 * Records kept elsewhere from now on. Of a site that is live nobody could say at which moment the world asks the others,
 * and of one that isn't yet, nobody would take back what was written or asked for where they were kept.
 */
export function movesDns(declared: Site, standing: Standing): FieldError | undefined {
  const { dns = 'route53' } = declared;
  const { dns: before = 'route53' } = standing.live ?? standing.site;
  if (placeOf(dns) === placeOf(before)) return undefined;
  const detail = `Cannot move the records of "${declared.domain}": the site stands with them ${where(before)}. Leave "dns" as it was, or take the site back (${howToTakeBack(standing)}) and declare it again`;
  return { pointer: '#/dns', detail };
}

/** The external id says who takes the role, and not where the records are. */
const placeOf = (dns: SiteDns): string => (typeof dns === 'object' ? dns.role : dns);

function where(dns: SiteDns): string {
  if (typeof dns === 'object') return `in the account of "${dns.role}"`;
  return dns === 'external' ? 'at another provider' : 'in Route 53 of this account';
}
