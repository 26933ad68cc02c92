import type { RecordType, TxtAnswer } from 'dns-packet';
import { canonical, DnsFailure, type Response } from '../../aws/dns/query.ts';
import { parentName, unique } from '../../aws/dns/referral.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { type Answers, type Entry, leadsToSite, type Sighting } from '../../domain/entries/entry.ts';
import { isWildcardOnly } from '../../domain/entries/judge.ts';
import { NOBODYS_LABEL } from '../../domain/zones/guessed-labels.ts';

/** What the zone's own name servers say about an entry, each of them, and about the places where slips put it. */
export async function lookAtEntry(dns: Resolver, entry: Entry): Promise<Sighting | { failure: string }> {
  const types = typesOf(entry);
  try {
    const { zone, answers, leftOut } = await answersOf(dns, entry.name, types);
    const beside = entry.name === zone ? undefined : await oneAnswer(dns, nobodyBeside(entry.name), types);
    const doubled = await oneAnswer(dns, `${entry.name}.${zone}`, types);
    const silenced = await wildcardServed(dns, entry.name, zone);
    return {
      zone,
      answers,
      ...(leftOut > 0 && { leftOut }),
      ...(doubled && { doubled }),
      ...(beside && { beside }),
      ...(silenced !== undefined && { silenced }),
    };
  } catch (error) {
    if (error instanceof DnsFailure) return { failure: error.message };
    throw error;
  }
}

/** The answer to an address question tells of a CNAME too. */
function typesOf(entry: Entry): RecordType[] {
  if (entry.type === 'TXT') return ['TXT'];
  return leadsToSite(entry) ? ['A', 'AAAA'] : ['A'];
}

async function answersOf(
  dns: Resolver,
  name: string,
  types: readonly RecordType[],
): Promise<{ zone: string; answers: Answers[]; leftOut: number }> {
  const asked = await Promise.all(types.map((type) => dns.everyServer({ name, type })));
  const servers = [...new Set(asked.flatMap(({ said }) => said.map(({ server }) => server)))];
  const told = servers.map((server) => {
    const responses = asked.flatMap(({ said }) => said.filter((each) => each.server === server));
    return { server, ...together(name, responses) };
  });
  const answers = await Promise.all(told.map(async (each) => ({ ...each, ...(await furtherCnames(dns, each)) })));
  return { zone: asked[0]?.zone ?? '', answers, leftOut: asked[0]?.leftOut ?? 0 };
}

/** Where a CNAME's target leads over CNAMEs of its own. A dot that was kept as a letter leads nowhere. */
async function furtherCnames(dns: Resolver, { cname }: Pick<Answers, 'cname'>): Promise<Pick<Answers, 'over'>> {
  if (cname === undefined || cname.endsWith('.')) return {};
  try {
    const { over } = await dns.follow(canonical(cname), 'A');
    return over.length > 0 ? { over } : {};
  } catch (error) {
    if (error instanceof DnsFailure) return {};
    throw error;
  }
}

/** Of the first server that answers: enough where nothing of ours is to stand. */
async function oneAnswer(dns: Resolver, name: string, types: readonly RecordType[]): Promise<Answers> {
  const responses = await Promise.all(types.map((type) => dns.lookup(name, type)));
  return { server: '', ...together(name, responses) };
}

/** The name above a "_" label, when all it gets comes from a wildcard. */
async function wildcardServed(dns: Resolver, name: string, zone: string): Promise<string | undefined> {
  const above = parentName(name);
  if (!name.startsWith('_') || above === zone) return undefined;
  const [said, beside] = await Promise.all([oneAnswer(dns, above, ['A']), oneAnswer(dns, nobodyBeside(above), ['A'])]);
  return isWildcardOnly(said, beside) ? above : undefined;
}

const nobodyBeside = (name: string): string => `${NOBODYS_LABEL}.${parentName(name)}`;

function together(name: string, responses: readonly Response[]): Omit<Answers, 'server'> {
  const own = responses.flatMap(({ answers }) => answers.filter((answer) => answer.name === name));
  const data = (type: string) => own.filter((answer) => answer.type === type).map((answer) => (answer as Data).data);
  const [cname] = data('CNAME').map(String);
  return {
    ...(cname !== undefined && { cname }),
    addresses: unique([...data('A'), ...data('AAAA')].map(String)),
    texts: unique(data('TXT').map((text) => textOf(text as TxtAnswer['data']))),
    ttlSeconds: Math.max(0, ...own.map((answer) => (answer as { ttl?: number }).ttl ?? 0)),
  };
}

interface Data {
  data: unknown;
}

export function textOf(data: TxtAnswer['data']): string {
  return Array.isArray(data) ? data.map(String).join('') : String(data);
}

/** The addresses that a load balancer's name has now; none when it can't be asked. */
export async function addressesBehind(dns: Resolver, name: string): Promise<string[]> {
  try {
    return await dns.addresses(canonical(name));
  } catch (error) {
    if (error instanceof DnsFailure) return [];
    throw error;
  }
}
