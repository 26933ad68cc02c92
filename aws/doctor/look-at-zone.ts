import type { DelegationSeen, DnssecSeen, NotSeen } from '../../domain/doctor/seen.ts';
import { lookAbove, zoneOf } from '../dns/look-above.ts';
import { canonical, DnsFailure } from '../dns/query.ts';
import { unique } from '../dns/referral.ts';
import type { Resolver } from '../dns/resolver.ts';
import { dnskeys, dsInWords, dsRecords, isOfKey } from './dnssec.ts';

/** How the zone that holds a name is delegated, as its parent and its own name servers say. */
export async function lookAtZone(dns: Resolver, name: string): Promise<DelegationSeen | NotSeen> {
  if (!(await reachesRoot(dns))) {
    return { failure: 'no root name server answers over TCP on port 53 from here', network: true };
  }
  const zone = await zoneOf(dns, name);
  try {
    const { seen, lame } = await lookAbove(dns, zone);
    const answering = seen.nameServers.filter((server) => !lame.some((each) => each.server === server));
    const [ownServers, dnssec] = await Promise.all([
      namedByZone(dns, { zone, server: answering[0] }),
      lookAtDnssec(dns, { zone, hasDs: seen.hasDs, server: answering[0] }),
    ]);
    return { zone, parent: seen.parent, parentServers: seen.nameServers, ownServers, lame, dnssec };
  } catch (error) {
    return { failure: failureOf(error) };
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

async function namedByZone(
  dns: Resolver,
  { zone, server }: { zone: string; server: string | undefined },
): Promise<string[]> {
  if (server === undefined) return [];
  try {
    const { answers } = await dns.ask(server, { name: zone, type: 'NS' });
    const named = answers.filter((answer) => answer.name === zone && answer.type === 'NS');
    return unique(named.map((answer) => canonical(String((answer as { data: string }).data)))).sort();
  } catch (error) {
    failureOf(error);
    return [];
  }
}

async function lookAtDnssec(
  dns: Resolver,
  { zone, hasDs, server }: { zone: string; hasDs: boolean; server: string | undefined },
): Promise<DnssecSeen> {
  if (server === undefined) return { ds: [], signed: undefined, matches: undefined };
  try {
    const [above, own] = await Promise.all([
      hasDs ? dns.askParent({ name: zone, type: 'DS' }) : undefined,
      dns.ask(server, { name: zone, type: 'DNSKEY' }),
    ]);
    const ds = dsRecords(above?.response.answers ?? []);
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
