import { closestCaa } from '../../../aws/dns/closest-caa.ts';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { certifiedNames } from '../../../domain/edges/edge.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { authorizationProblem } from '../../../domain/zones/authorization.ts';

/** What CAA says of a site's names. */
export interface Authorization {
  /** Those that get a certificate. */
  names: string[];
  /** Why ACM may not issue, each once. */
  forbidden: string[];
  /** Why it isn't known of some. */
  unknown: string[];
}

/** Looks whether CAA lets ACM issue for the names of a site; some edges need no certificate. */
export async function readAuthorization(dns: Resolver, site: Site): Promise<Authorization> {
  const names = certifiedNames(site);
  const found = await Promise.all(names.map((name) => look(dns, name)));
  return {
    names,
    forbidden: [...new Set(found.flatMap(({ problem }) => problem ?? []))],
    unknown: found.flatMap(({ failure }) => failure ?? []),
  };
}

async function look(dns: Resolver, name: string): Promise<{ problem?: string | undefined; failure?: string }> {
  try {
    return { problem: authorizationProblem(name, await closestCaa(dns, name)) };
  } catch (error) {
    if (error instanceof DnsFailure) return { failure: `Cannot check CAA for "${name}" now: ${error.message}` };
    throw error;
  }
}
