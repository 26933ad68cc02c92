import type { Answer, RecordType, SoaData } from 'dns-packet';
import type { Lookup, Resolver } from '../../aws/dns/resolver.ts';
import { Slots } from '../../aws/slots.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import { recordValue } from '../../domain/records/record-value.ts';
import type { Answered } from '../../domain/zones/carry-over.ts';
import { GUESSED_LABELS, NOBODYS_LABEL } from '../../domain/zones/guessed-labels.ts';

/** What may stand at a name and can be copied. An answer to a question for addresses tells of a CNAME too. */
const TYPES: readonly RecordType[] = ['A', 'AAAA', 'MX', 'TXT', 'CAA', 'SRV'];

/** Names asked about at a time: a zone's servers are few, and not ours. */
const AT_A_TIME = 6;

interface Asked {
  zone: string;
  /** The site's. */
  names: readonly string[];
  /** Every set below the zone's name, where the zone that answers can be listed. */
  listed?: readonly RecordSet[] | undefined;
}

/**
 * What name servers answer today at the site's names in a zone and below the zone's name, as far as names can be guessed.
 *
 * @throws {DnsFailure} when they can't be asked
 */
export async function answersToday(dns: Resolver, asked: Asked): Promise<Answered> {
  const { zone, names, listed } = asked;
  const top = await dns.lookup(zone, 'A');
  const slots = new Slots(AT_A_TIME);
  const own = await Promise.all(
    [...new Set([zone, ...names])].map((name) => slots.run(() => setsAt(dns, name, { apex: zone }))),
  );
  // Below a name that does not exist there is nothing. Source: RFC 8020, section 2, checked 2026-11-29.
  const below = top.rcode === 'NXDOMAIN' ? [] : await setsBelow(dns, asked, slots);
  const sets = [...own.flat(), ...below];
  return { sets, complete: listed !== undefined, negativeSeconds: negativeSeconds(top) };
}

async function setsBelow(dns: Resolver, { zone, names, listed }: Asked, slots: Slots): Promise<RecordSet[]> {
  const own = [zone, ...names];
  const wildcard = await setsAt(dns, `${NOBODYS_LABEL}.${zone}`);
  const known = listed?.filter(({ name }) => !own.includes(name));
  if (known?.some(({ name }) => name === `*.${zone}`)) return known;
  const guessed = known ? [] : GUESSED_LABELS.map((label) => `${label}.${zone}`).filter((name) => !own.includes(name));
  const found = await Promise.all(guessed.map((name) => slots.run(() => setsAt(dns, name))));
  const said = (set: RecordSet) => `${set.type} ${set.values.toSorted().join()}`;
  const byWildcard = wildcard.map(said);
  return [
    ...(known ?? []),
    ...wildcard.map((set) => ({ ...set, name: `*.${zone}` })),
    ...found.flat().filter((set) => !byWildcard.includes(said(set))),
  ];
}

/** The sets of a name. At the apex of the zone to be, where no CNAME can stand, what its CNAME leads to. */
async function setsAt(dns: Resolver, name: string, { apex }: { apex?: string } = {}): Promise<RecordSet[]> {
  const first = await dns.lookup(name, 'A');
  if (first.rcode === 'NXDOMAIN' && !first.answers.some((answer) => answer.name === name)) return [];
  const [alias] = answersAt(first, name, 'CNAME');
  if (alias && name !== apex) return [setOf(name, 'CNAME', [alias])];
  // What the owner of a CNAME's target says about authorities is about their names.
  const types = alias ? TYPES.filter((type) => type !== 'CAA') : TYPES;
  const sets = await Promise.all(types.map(async (type) => setOf(name, type, await dns.resolve(name, type))));
  return sets.filter(({ values }) => values.length > 0);
}

function setOf(name: string, type: string, answers: readonly Answer[]): RecordSet {
  const ttls = answers.map((answer) => (answer as { ttl?: number }).ttl ?? 0);
  const values = answers.map((answer) => recordValue(type, (answer as { data: unknown }).data));
  return { name, type, ttlSeconds: Math.max(0, ...ttls), values };
}

function answersAt({ answers }: Lookup, name: string, type: string): Answer[] {
  return answers.filter((answer) => answer.name === name && answer.type === type);
}

/** Source: RFC 2308, section 5, checked 2026-11-29. */
export function negativeSeconds({ authorities }: Pick<Lookup, 'authorities'>): number {
  const soa = authorities.find((answer) => answer.type === 'SOA') as { ttl?: number; data: SoaData } | undefined;
  return Math.min(soa?.ttl ?? 0, soa?.data.minimum ?? 0);
}
