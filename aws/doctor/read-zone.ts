import type { RecordType } from 'dns-packet';
import type { DelegationSeen, DnssecSeen, NotSeen } from '../../domain/doctor/seen.ts';
import { lookAbove, zoneOf } from '../dns/look-above.ts';
import { canonical, DnsFailure } from '../dns/query.ts';
import { unique } from '../dns/referral.ts';
import type { Resolver } from '../dns/resolver.ts';
import { dnskeys, dsInWords, dsRecords, isOfKey } from './dnssec.ts';

/** How the zone that holds a name is delegated, as its parent and its own name servers say. */
export async function probeZone(dns: Resolver, name: string): Promise<DelegationSeen | NotSeen> {
  try {
    const zone = await zoneOf(dns, name);
    const [{ seen, lame }, ownServers, dnssec] = await Promise.all([
      lookAbove(dns, zone),
      namedByZone(dns, zone),
      lookAtDnssec(dns, zone),
    ]);
    const { parent, nameServers: parentServers } = seen;
    return { zone, parent, parentServers, ownServers, lame, dnssec };
  } catch (error) {
    const failure = failureOf(error);
    if (await reachesRoot(dns)) return { failure };
    return { failure: 'no root name server answers over TCP on port 53 from here', network: true };
  }
}

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
