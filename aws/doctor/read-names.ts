import type { RecordType } from 'dns-packet';
import type { NamesSeen, ServerSaid } from '../../domain/doctor/seen.ts';
import { canonical, DnsFailure } from '../dns/query.ts';
import { unique } from '../dns/referral.ts';
import type { Resolver } from '../dns/resolver.ts';

/** Most CNAMEs followed for one name, as resolvers do. */
const MAX_CNAMES = 8;

type End = Pick<NamesSeen, 'over' | 'end' | 'failure'> & { addresses: string[] };

/** Where a name leads, CNAMEs followed: its addresses, or where and why there are none. */
export async function readNames(
  dns: Resolver,
  name: string,
  { isPublic }: { isPublic: (address: string) => boolean },
): Promise<NamesSeen> {
  const [four, six] = await Promise.all([followed(dns, name, 'A'), followed(dns, name, 'AAAA')]);
  const addresses = unique([...four.addresses, ...six.addresses]);
  // What there is counts: a name with addresses of one family only has no others.
  const told = four.addresses.length > 0 || six.addresses.length === 0 ? four : six;
  const { end, failure } = addresses.length > 0 ? { end: 'found' as const, failure: undefined } : told;
  return {
    over: told.over,
    end,
    ...(failure !== undefined && { failure }),
    addresses,
    notPublic: addresses.filter((address) => !isPublic(address)),
  };
}

async function followed(dns: Resolver, name: string, type: 'A' | 'AAAA'): Promise<End> {
  const over: string[] = [];
  let at = name;
  for (;;) {
    try {
      const { rcode, answers } = await dns.lookup(at, type);
      const addresses = answers.flatMap((answer) =>
        answer.name === at && answer.type === type ? [String((answer as { data: string }).data)] : [],
      );
      if (addresses.length > 0) return { over, end: 'found', addresses };
      const alias = answers.find((answer) => answer.name === at && answer.type === 'CNAME');
      if (!alias) return { over, end: rcode === 'NXDOMAIN' ? 'noSuchName' : 'noData', addresses };
      at = canonical(String((alias as { data: string }).data));
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
      return { over, end: 'failed', failure: error.message, addresses: [] };
    }
    const circle = at === name || over.includes(at);
    over.push(at);
    if (circle || over.length > MAX_CNAMES) return { over, end: 'loop', addresses: [] };
  }
}

/** What each name server of the zone says of a name; those that are silent are left out. */
export async function readServers(dns: Resolver, name: string): Promise<ServerSaid[]> {
  const types: RecordType[] = ['A', 'CNAME', 'AAAA'];
  try {
    const { said } = await dns.everyServer({ name, type: 'A' });
    return said.map(({ server, rcode, answers }) => ({
      server,
      rcode,
      has: answers.some((answer) => answer.name === name && types.includes(answer.type)),
    }));
  } catch (error) {
    if (error instanceof DnsFailure) return [];
    throw error;
  }
}
