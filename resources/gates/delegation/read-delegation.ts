import { isSigned, lookAbove } from '../../../aws/dns/look-above.ts';
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
    // The hosted zone's own name servers, whichever the parent delegates to; one that is yet to be made has none.
    const signed = seen.hasDs && nameServers.length > 0 ? await isSigned(dns, zone, nameServers) : false;
    if (signed !== undefined) return { zone, nameServers, seen, lame, signed };
    const failure = 'none of its name servers says whether it is signed';
    return { zone, nameServers, seen: { failure }, signed: false };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { zone, nameServers, seen: unseenBy(error), signed: false };
  }
}

/** What is known where the zone above could not be asked. */
export const unseenBy = ({
  message: failure,
  deafZone,
}: DnsFailure): Extract<DelegationView['seen'], { failure: string }> => ({
  failure,
  ...(deafZone !== undefined && { deafZone }),
});
