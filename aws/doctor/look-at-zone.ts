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
export async function lookAtZone(
  dns: Resolver,
  name: string,
  options: { connect: Connect; timeoutMs: number },
): Promise<DelegationSeen | NotSeen> {
  if (!(await reachesRoot(dns))) {
    return { failure: 'no root name server answers over TCP on port 53 from here', network: true };
  }
  const zone = await zoneOf(dns, name);
  try {
    const above = await lookAbove(dns, zone);
    const { seen } = above;
    const lame = await askedByGlue(dns, { zone, lame: above.lame }, options);
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
