import type { Resolver } from '../../aws/dns/resolver.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { originOf } from '../../domain/origins/origin.ts';
import type { Site } from '../../domain/sites/site.ts';
import { reservedAddress } from '../elastic-ip/reserved-address.ts';

/**
 * Where the origin itself is: its own addresses, those that its name leads to, or the one that was reserved for it.
 *
 * @throws {DnsFailure} where its name cannot be looked up now
 */
export async function originAddresses(site: Site, record: SiteRecord, dns: Resolver): Promise<readonly string[]> {
  const { values, name } = originOf(site).address ?? {};
  if (name !== undefined) return dns.addresses(name);
  return values ?? [reservedAddress(record)];
}
