import type { RecordType } from 'dns-packet';
import type { DelegationSeen, DnssecSeen, NotSeen } from '../../domain/doctor/seen.ts';
import type { LameServer } from '../../domain/zones/delegation.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import { lookAbove, zoneOf } from '../dns/look-above.ts';
import { canonical, DnsFailure, query } from '../dns/query.ts';
import { nameServerAddresses, unique } from '../dns/referral.ts';
import type { Resolver } from '../dns/resolver.ts';
import type { Connect } from '../probes/connect.ts';
import { dnskeys, dsInWords, dsRecords, isOfKey } from './dnssec.ts';

/** How the zone that holds a name is delegated, as its parent and its own name servers say. */
export async function probeZone(
  dns: Resolver,
  name: string,
  options: { connect: Connect; timeoutMs: number },
): Promise<DelegationSeen | NotSeen> {
  try {
    const zone = await zoneOf(dns, name);
    const [above, ownServers, dnssec] = await Promise.all([
      lookAbove(dns, zone),
      namedByZone(dns, zone),
      lookAtDnssec(dns, zone),
    ]);
    const { parent, nameServers: parentServers } = above.seen;
    const lame = await askedByGlue(dns, { zone, lame: above.lame }, options);
    return { zone, parent, parentServers, ownServers, lame, dnssec };
  } catch (error) {
    const failure = failureOf(error);
    if (await reachesRoot(dns)) return { failure };
    return { failure: 'no root name server answers over TCP on port 53 from here', network: true };
  }
}

/**
 * A name server whose own name lies in the zone cannot be looked up where the zone is not answered: it is asked at the
 * address that the parent gives for it.
 */
async function askedByGlue(
  dns: Resolver,
  { zone, lame }: { zone: string; lame: LameServer[] },
  options: { connect: Connect; timeoutMs: number },
): Promise<LameServer[]> {
  if (lame.every(({ answered }) => answered)) return lame;
  const { parent, response } = await dns.askParent({ name: zone, type: 'NS' });
  const asked = lame.map(async (each): Promise<LameServer[]> => {
    const glue = response.additionals.filter(({ name }) => name === each.server && isWithin(name, parent));
    const [address] = nameServerAddresses(glue);
    if (each.answered || address === undefined) return [each];
    try {
      const { rcode, authoritative } = await query(address, { name: zone, type: 'SOA' }, options);
      if (authoritative && rcode === 'NOERROR') return [];
      return [{ ...each, answered: true, why: authoritative ? rcode : `${rcode} without authority` }];
    } catch (error) {
      return [{ ...each, why: failureOf(error) }];
    }
  });
  return (await Promise.all(asked)).flat();
}

const isWithin = (name: string, zone: string): boolean => zone === '' || isAtOrBelow(name, zone);

/** Whether anything can be looked up from here at all. */
async function reachesRoot(dns: Resolver): Promise<boolean> {
  try {
    await dns.lookup('', 'NS');
    return true;
  } catch (error) {
    failureOf(error);
    return false;
  }
}

async function namedByZone(dns: Resolver, zone: string): Promise<string[]> {
  try {
    const { answers } = await dns.lookup(zone, 'NS');
    const named = answers.filter((answer) => answer.name === zone && answer.type === 'NS');
    return unique(named.map((answer) => canonical(String((answer as { data: string }).data)))).sort();
  } catch (error) {
    failureOf(error);
    return [];
  }
}

async function lookAtDnssec(dns: Resolver, zone: string): Promise<DnssecSeen> {
  try {
    const [above, own] = await Promise.all([
      dns.askParent({ name: zone, type: 'DS' }),
      dns.lookup(zone, 'DNSKEY' as RecordType),
    ]);
    const ds = dsRecords(above.response.answers);
    const keys = dnskeys(own.answers);
    const compared = ds.map((each) => isOfKey(each, { zone, keys })).filter((same) => same !== undefined);
    return {
      ds: ds.map(dsInWords),
      signed: keys.length > 0,
      matches: compared.length === 0 ? undefined : compared.includes(true),
    };
  } catch (error) {
    failureOf(error);
    return { ds: [], signed: undefined, matches: undefined };
  }
}

/** @throws what is no silence of a name server */
function failureOf(error: unknown): string {
  if (error instanceof DnsFailure) return error.message;
  throw error;
}
