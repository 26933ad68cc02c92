import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { type EdgeRemoval, originNameMissing } from '../../domain/load-balancers/edge-removals.ts';
import { originNameOf } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';

/** Whether DNS still leads the name that CloudFront asks somewhere: without it every viewer gets a 502. What cannot be asked is not missing. */
export async function readOriginName(dns: Resolver, site: Pick<Site, 'cdn' | 'failover'>): Promise<EdgeRemoval[]> {
  const name = originNameOf(site);
  if (name === undefined) return [];
  try {
    return (await dns.addresses(name)).length > 0 ? [] : [originNameMissing(name, site)];
  } catch (error) {
    if (error instanceof DnsFailure) return [];
    throw error;
  }
}
