import { DnsFailure } from '../../../aws/dns/query.ts';
import { MAX_SERVERS } from '../../../aws/dns/referral.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { DelegationView, LameServer } from '../../../domain/zones/delegation.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';

/**
 * How a zone is delegated, asked of the zone above it, of every name server that one names and, when it has a DS record,
 * of the zone's own.
 */
export async function lookAtDelegation(
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

/**
 * What the zone above says of one, and which of the name servers it names don't answer for it: as many are asked as a zone
 * has at most.
 *
 * @throws {DnsFailure} when the zone above can't be asked
 */
export async function lookAbove(
  dns: Resolver,
  zone: string,
): Promise<{ seen: Exclude<DelegationView['seen'], { failure: string }>; lame: LameServer[] }> {
  const referral = await dns.referral(zone);
  const [hasDs, lame] = await Promise.all([
    dns.hasDs(zone),
    Promise.all(referral.nameServers.slice(0, MAX_SERVERS).map((server) => lameness(dns, { zone, server }))),
  ]);
  return { seen: { ...referral, hasDs }, lame: lame.filter((found) => found !== undefined) };
}

/** Why a name server doesn't answer for a zone; undefined for one that does. RFC 1912, section 2.8. */
async function lameness(
  dns: Resolver,
  { zone, server }: { zone: string; server: string },
): Promise<LameServer | undefined> {
  try {
    const { rcode, authoritative } = await dns.ask(server, { name: zone, type: 'SOA' });
    if (authoritative && rcode === 'NOERROR') return undefined;
    return { server, answered: true, why: authoritative ? rcode : `${rcode} without authority` };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { server, answered: false, why: error.message };
  }
}

/** Asked of the hosted zone's own name servers, whoever is delegated to. */
async function isSigned(dns: Resolver, zone: string, [server = '']: string[]): Promise<boolean> {
  const { answers } = await dns.ask(server, { name: zone, type: 'DNSKEY' });
  return answers.some(({ type }) => type === 'DNSKEY');
}
