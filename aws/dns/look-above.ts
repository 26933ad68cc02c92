import { climb } from '../../domain/zones/authorization.ts';
import type { DelegationView, LameServer } from '../../domain/zones/delegation.ts';
import { DnsFailure, type Response } from './query.ts';
import { MAX_SERVERS, nameServerAddresses, parentName } from './referral.ts';
import type { Referral, Resolver } from './resolver.ts';

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
  const { glue, ...referral } = await dns.referral(zone);
  const [hasDs, lame] = await Promise.all([
    dns.hasDs(zone),
    lameServers(dns, zone, referral.nameServers.slice(0, MAX_SERVERS)),
  ]);
  return { seen: { ...referral, hasDs }, lame: await askedByGlue(dns, { zone, glue, lame }) };
}

/** Which of these name servers don't answer for a zone, whomever the zone above names. */
export async function lameServers(dns: Resolver, zone: string, servers: readonly string[]): Promise<LameServer[]> {
  const asked = servers.map((server) => lameness(server, () => dns.ask(server, { name: zone, type: 'SOA' })));
  return (await Promise.all(asked)).filter((each) => each !== undefined);
}

/** As many addresses of one name server are asked in turn; each may take as long as it may be silent. */
const MAX_ADDRESSES = 3;

/**
 * A name server whose own name lies in the zone cannot be looked up where the zone is not answered: it is asked at the
 * addresses that the parent gives for it.
 */
async function askedByGlue(
  dns: Resolver,
  { zone, glue, lame }: { zone: string; glue: Referral['glue']; lame: LameServer[] },
): Promise<LameServer[]> {
  const asked = lame.map((each) => {
    const addresses = nameServerAddresses(glue.filter(({ name }) => name === each.server)).slice(0, MAX_ADDRESSES);
    return each.answered
      ? each
      : askedAtAny(addresses, each, (address) => dns.askAt(address, { name: zone, type: 'SOA' }));
  });
  return (await Promise.all(asked)).filter((found) => found !== undefined);
}

/** The first address that answers tells for the name server. */
async function askedAtAny(
  addresses: readonly string[],
  unanswered: LameServer,
  ask: (address: string) => Promise<Response>,
): Promise<LameServer | undefined> {
  for (const address of addresses) {
    const found = await lameness(unanswered.server, () => ask(address));
    if (!found || found.answered) return found;
  }
  return unanswered;
}

/** Why a name server doesn't answer for a zone; undefined for one that does. RFC 1912, section 2.8. */
async function lameness(server: string, ask: () => Promise<Response>): Promise<LameServer | undefined> {
  try {
    const { rcode, authoritative } = await ask();
    if (authoritative && rcode === 'NOERROR') return undefined;
    return { server, answered: true, why: authoritative ? rcode : `${rcode} without authority` };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { server, answered: false, why: error.message };
  }
}

/**
 * The deepest zone at or above a name that something is known of: where the name servers of one don't answer, the zone
 * above it is asked. Of a name that is not registered it is the label below the top-level domain.
 */
export async function zoneOf(dns: Resolver, name: string): Promise<string> {
  for (const at of climb(name)) {
    try {
      const { parent, nameServers } = await dns.referral(at);
      if (nameServers.length > 0) return at;
      if (!parent.includes('.')) return below(parent, name);
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
    }
  }
  return name;
}

/** The name of one label more than the top-level domain that holds it. */
function below(parent: string, name: string): string {
  return climb(name).find((at) => parentName(at) === parent) ?? name;
}

/** Whether a zone has a key, as the first of its name servers says that answers for it. */
export async function isSigned(dns: Resolver, zone: string, servers: readonly string[]): Promise<boolean | undefined> {
  for (const server of servers) {
    try {
      const { rcode, authoritative, answers } = await dns.ask(server, { name: zone, type: 'DNSKEY' });
      // REFUSED and SERVFAIL say nothing of keys: Route 53 serves a new zone a moment later.
      if (rcode !== 'NOERROR' || !authoritative) continue;
      return answers.some(({ type }) => type === 'DNSKEY');
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
    }
  }
  return undefined;
}
