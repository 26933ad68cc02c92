import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { Unreachable } from '../../../aws/probes/unreachable.ts';
import { dualstackName } from '../../../domain/load-balancers/dns-name.ts';
import type { EdgeHealth } from '../../../domain/load-balancers/readiness.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { Probes } from '../../probes/probe-edge.ts';

/**
 * What the health path answers under the site's name, through the load balancer: one without a healthy target sends
 * requests to all of them. Source: Elastic Load Balancing User Guide, "Health checks for Application Load Balancer target
 * groups"; checked 2026-11-29. Undefined where no answer comes: the access may not let this look in.
 */
export async function probeByName(
  site: Site,
  { dnsName, dns, probes }: { dnsName: string; dns: Resolver; probes: Probes },
): Promise<EdgeHealth['byName']> {
  const { domain } = site;
  try {
    const [address] = await dns.addresses(dualstackName(dnsName));
    if (address === undefined) return undefined;
    const { page } = await probes.secure({ address, port: 443, name: domain, path: originOf(site).healthPath });
    return { name: domain, status: page.status };
  } catch (error) {
    if (error instanceof DnsFailure || error instanceof Unreachable) return undefined;
    throw error;
  }
}
