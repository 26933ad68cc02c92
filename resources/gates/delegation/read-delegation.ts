import { lookAbove } from '../../../aws/dns/look-above.ts';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { DelegationView } from '../../../domain/zones/delegation.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';

/**
 * How a zone is delegated, asked of the zone above it, of every name server that one names and, when it has a DS record,
 * of the zone's own.
 */
export async function readDelegation(
  dns: Resolver,
  { name: zone, nameServers }: Pick<SiteZone, 'name' | 'nameServers'>,
): Promise<DelegationView> {
  try {
    const { seen, lame } = await lookAbove(dns, zone);
    return { zone, nameServers, seen, lame, signed: seen.hasDs && (await isSigned(dns, zone, nameServers)) };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { zone, nameServers, seen: { failure: error.message }, signed: false };
  }
}

/** Asks the hosted zone's own name servers, whichever servers the parent delegates to. */
async function isSigned(dns: Resolver, zone: string, [server]: string[]): Promise<boolean> {
  // A hosted zone that is yet to be made has none, and isn't signed.
  if (server === undefined) return false;
  const { answers } = await dns.ask(server, { name: zone, type: 'DNSKEY' });
  return answers.some(({ type }) => type === 'DNSKEY');
}
