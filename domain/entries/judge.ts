import { isDistributionName } from '../distributions/dns-name.ts';
import { isCloudFrontAddress } from '../distributions/edge-addresses.ts';
import { listed } from '../listed.ts';
import { isBalancerName, isSameTyped } from '../load-balancers/dns-name.ts';
import { printable } from '../printable.ts';
import { typeOf } from '../sites/address-types.ts';
import { CHALLENGE } from './challenge.ts';
import { type Answers, type Entry, entryInWords, hasAddress, type SeenEntry, type Sighting } from './entry.ts';
import { proxyOf } from './proxies.ts';

/** What else is known when an entry is judged. */
export interface Around {
  /** The addresses of what a traffic entry leads to, for providers that answer with them instead of a CNAME. */
  leadsTo: readonly string[];
  /** Whether the records of the names are ours to write, and the site does not adopt what is there. */
  refusesForeign?: boolean | undefined;
}

/** The TTL to enter a record with: every DNS provider offers it, and a slip is forgotten soon. */
export const TTL_TO_ENTER_SECONDS = 300;

type Verdict = Pick<SeenEntry, 'seen' | 'found' | 'hint'>;

interface Judged extends Around {
  entry: Entry;
  sighting: Sighting;
  /** The name is the zone's own: no CNAME can stand there. */
  apex: boolean;
}

type Check = (judged: Judged) => Verdict | undefined;

/** How an entry stands, and what to do about a slip: the classic ones are told by name. */
export function judgeEntry(
  entry: Entry,
  sighting: Sighting | { failure: string },
  { leadsTo: known, refusesForeign = false }: Around,
): SeenEntry {
  const leadsTo = [...known, ...('failure' in sighting ? [] : otherEdges(entry, sighting))];
  if ('failure' in sighting) {
    const hint = `Cannot ask the name servers now: ${sighting.failure}`;
    return { ...entry, seen: 'unchecked', hint, note: noteFor(entry, leadsTo), ttlSeconds: TTL_TO_ENTER_SECONDS };
  }
  const apex = entry.name === sighting.zone;
  const told: Entry = apex && entry.type === 'CNAME' ? { ...entry, type: 'ALIAS' } : entry;
  const verdict = withLeftOut(verdictOf({ entry: told, sighting, apex, leadsTo, refusesForeign }), sighting);
  // Where nothing stands there is nothing to be remembered.
  const ttlSeconds = Math.max(...sighting.answers.map((each) => each.ttlSeconds)) || TTL_TO_ENTER_SECONDS;
  return { ...told, ...verdict, note: noteFor(told, leadsTo), ttlSeconds };
}

/** The addresses that a provider has found for a distribution in its own place of the world. */
function otherEdges({ values }: Entry, { answers }: Sighting): string[] {
  if (!values.some(isDistributionName)) return [];
  return answers.flatMap(({ addresses }) => addresses.filter(isCloudFrontAddress));
}

/** Says that the verdict is that of some name servers only, where the zone has more than are asked. */
function withLeftOut({ hint, ...verdict }: Verdict, { answers, leftOut = 0 }: Sighting): Verdict {
  if (leftOut === 0) return { ...verdict, ...(hint !== undefined && { hint }) };
  const but = `${leftOut} more name servers of the zone were not asked: these are the answers of ${answers.length}`;
  return { ...verdict, hint: hint === undefined ? but : `${hint}. ${but}` };
}

/** Whether some name server still answers with what the entry says. */
export function isStanding(entry: Entry, { answers }: Sighting, { leadsTo }: Around): boolean {
  return answers.some((each) => says(entry, each, leadsTo) || each.addresses.some((one) => leadsTo.includes(one)));
}

function verdictOf(judged: Judged): Verdict {
  for (const check of CHECKS) {
    const verdict = check(judged);
    if (verdict) return verdict;
  }
  const { entry, sighting, refusesForeign } = judged;
  const found = toldOf(sighting.answers);
  if (found.length === 0)
    return { seen: 'missing', ...(sighting.silenced && { hint: firstGive(sighting.silenced, refusesForeign) }) };
  const hint = `${quoted(entry.name)} answers with ${found.join(', ')} instead. Replace that by ${entryInWords(entry)}`;
  return { seen: 'wrong', found, hint };
}

/** A CNAME at the apex hides the zone's NS and SOA records (R4): it is wrong even where it leads to the right place. */
const cnameAtApex: Check = ({ entry, sighting: { answers }, apex }) => {
  const cnames = answers.filter(({ cname }) => cname !== undefined);
  if (!apex || entry.type === 'TXT' || cnames.length === 0) return undefined;
  const hint = `A CNAME stands at ${quoted(entry.name)}, which is the name of the whole zone: it hides its NS, SOA and mail records. Remove it, and ${hasAddress(entry) ? `enter ${entryInWords(entry)}` : 'use ALIAS, ANAME or CNAME flattening'} instead`;
  return { seen: 'wrong', found: toldOf(cnames), hint };
};

const everywhere: Check = ({ entry, sighting: { answers }, leadsTo }) =>
  answers.every((each) => says(entry, each, leadsTo)) ? { seen: 'seen' } : undefined;

const onSomeServers: Check = ({ entry, sighting: { answers }, leadsTo }) => {
  const without = answers.filter((each) => !says(entry, each, leadsTo));
  if (without.length === answers.length) return undefined;
  const servers = listed(without.map(({ server }) => server));
  return { seen: 'missing', hint: `Not all name servers answer with it yet: ${servers} will in a moment` };
};

/** A12. */
const zoneAppended: Check = ({ entry, sighting: { zone, doubled }, leadsTo }) => {
  const valueToo = doubled?.cname !== undefined && isSameTyped(doubled.cname, `${entry.values[0]}.${zone}`);
  if (!doubled || !(valueToo || says(entry, doubled, leadsTo))) return undefined;
  const host = entry.name.slice(0, -zone.length - 1) || '@';
  const found = `${entry.name}.${zone}`;
  const hint = `It stands at ${quoted(found)}: your provider appends ${quoted(zone)} to what is typed in. Enter the name as ${quoted(host)}${valueToo ? `, and the value as ${quoted(`${entry.values[0]}.`)}` : ''}`;
  return { seen: 'wrong', found: toldOf([doubled]).map((said) => `${found} ${said}`), hint };
};

const valueTypedWrongly: Check = ({ entry, sighting: { zone, answers } }) => {
  const [wanted = ''] = entry.values;
  const targets = answers.flatMap(({ cname }) => (cname === undefined ? [] : [cname]));
  const target = targets.find((each) => isSameTyped(each, `${wanted}.${zone}`));
  if (target !== undefined) {
    const hint = `Its value has become ${quoted(target)}: your provider appends ${quoted(zone)} to a value without a dot at its end. Enter it as ${quoted(`${wanted}.`)}`;
    return { seen: 'wrong', found: toldOf(answers), hint };
  }
  if (!targets.some((each) => isSameTyped(each, `${wanted}.`))) return undefined;
  const hint = `The dot at the end of the value was kept as a letter. Enter it without: ${quoted(wanted)}`;
  return { seen: 'wrong', found: toldOf(answers), hint };
};

/** Quotes and blanks that a form keeps, and what belongs to another owner. */
const textTypedWrongly: Check = ({ entry, sighting: { answers } }) => {
  if (entry.type !== 'TXT') return undefined;
  const [wanted = ''] = entry.values;
  const texts = answers.flatMap((each) => each.texts);
  const bare = (text: string) => text.replace(/["'“”\s]/g, '');
  if (texts.some((text) => bare(text) === wanted)) {
    const hint = `The text has quotes or blanks that do not belong to it. Enter exactly ${wanted}`;
    return { seen: 'wrong', found: toldOf(answers), hint };
  }
  if (!texts.some((text) => text.startsWith(CHALLENGE))) return undefined;
  const hint = `The token there is of another claim: another account, stack or owner wrote it. Add this one beside it or in its place: ${wanted}`;
  return { seen: 'wrong', found: toldOf(answers), hint };
};

const wildcardAnswers: Check = ({ entry, sighting: { answers, beside } }) => {
  const [said] = answers;
  if (!beside || !said || !isWildcardOnly(said, beside)) return undefined;
  const hint = `Only a wildcard answers for ${quoted(entry.name)}. Enter the record for this very name beside it: ${entryInWords(entry)}`;
  // A record that was not entered is missing, whatever a wildcard says in its place.
  return { seen: 'missing', found: toldOf(answers), hint };
};

/** Records of before beside the right ones: mostly an AAAA, which a provider's form shows on another line. */
const staleAddresses: Check = ({ entry, sighting: { answers }, leadsTo }) => {
  const addresses = answers.flatMap((each) => (each.cname === undefined ? each.addresses : []));
  const ends = hasAddress(entry) ? entry.values : leadsTo;
  const stale = [...new Set(addresses)].filter((address) => !ends.includes(address));
  const isOthers = (address: string) => proxyOf(address) !== undefined;
  if (entry.type === 'TXT' || stale.length === 0 || stale.some(isOthers)) return undefined;
  const right = addresses.some((address) => ends.includes(address));
  // Of the other protocol alone: what is asked for is not entered yet.
  const other = entry.type === 'AAAA' ? 'A' : 'AAAA';
  const onlyOthers = addresses.every((address) => typeOf(address) === other);
  if (!right && !onlyOthers) return undefined;
  const others = stale.map(addressInWords).join(', ');
  const rest = right ? 'the other records are right' : `then enter ${entryInWords(entry)}`;
  const hint = `${others} ${stale.length === 1 ? 'leads' : 'lead'} elsewhere. Remove ${stale.length === 1 ? 'it' : 'them'}; ${rest}`;
  return { seen: 'wrong', found: foundIn(answers), hint };
};

const proxied: Check = ({ entry, sighting: { answers } }) => {
  const addresses = answers.flatMap((each) => (each.cname === undefined ? each.addresses : []));
  if (entry.type === 'TXT' || addresses.length === 0) return undefined;
  const proxy = addresses.map(proxyOf).find((name) => name !== undefined);
  const found = toldOf(answers);
  if (proxy !== undefined) {
    const hint = `${proxy} answers with addresses of its own, so it proxies the name. Switch the proxy off for this record ("DNS only")`;
    return { seen: 'wrong', found, hint };
  }
  if (hasAddress(entry)) return undefined;
  const where = entry.type === 'ALIAS' ? 'an ALIAS, ANAME or flattened CNAME' : 'a CNAME';
  const hint = `${quoted(entry.name)} answers with addresses where ${where} to ${entry.values.join(', ')} belongs. Replace those records; if you have entered it already, your provider proxies the name: switch that off`;
  return { seen: 'wrong', found, hint };
};

const CHECKS: Check[] = [
  cnameAtApex,
  everywhere,
  onSomeServers,
  zoneAppended,
  valueTypedWrongly,
  textTypedWrongly,
  wildcardAnswers,
  staleAddresses,
  proxied,
];

function says(
  { type, values }: Entry,
  { cname, over = [], addresses, texts }: Answers,
  leadsTo: readonly string[],
): boolean {
  const [wanted = ''] = values;
  if (type === 'TXT') return texts.includes(wanted);
  if (type === 'A' || type === 'AAAA') return cname === undefined && addresses.length === 1 && addresses[0] === wanted;
  if (cname !== undefined) return [cname, ...over].some((target) => isSameTyped(target, wanted));
  return addresses.length > 0 && addresses.every((address) => leadsTo.includes(address));
}

function foundIn(answers: readonly Answers[]): string[] {
  const found = answers.flatMap(({ cname, addresses, texts }) => [
    ...(cname === undefined ? addresses.map(addressInWords) : [`CNAME ${cname}`]),
    ...texts.map((text) => `TXT ${text}`),
  ]);
  return [...new Set(found)].map(printable);
}

/** What stands there instead, as much of it as a person reads. */
function toldOf(answers: readonly Answers[]): string[] {
  const found = foundIn(answers);
  const more = found.length - MOST_FOUND;
  return more > 0 ? [...found.slice(0, MOST_FOUND), `and ${more} more`] : found;
}

/** Most values of a name that are told: a name server may answer with thousands. */
const MOST_FOUND = 16;

const addressInWords = (address: string): string => `${typeOf(address)} ${address}`;

/** Finding 1 of failures.md. */
function firstGive(name: string, refusesForeign = false): string {
  const adopt = refusesForeign
    ? `. A site that is declared without "adopt": true stops at such records: cancel its operation if it runs, then declare it with "adopt": true, which takes them over and asks for the same record here`
    : '';
  return `Only a wildcard answers for ${quoted(name)} today, and stops to once a record stands below the name. Give ${quoted(name)} the wildcard's records of its own first, then enter this one${adopt}`;
}

/** Whether all that a name gets is what a wildcard says for any. */
export const isWildcardOnly = (said: Answers, beside: Answers): boolean => !nothing(said) && sameAnswers(said, beside);

const nothing = ({ cname, addresses, texts }: Answers): boolean =>
  cname === undefined && addresses.length === 0 && texts.length === 0;

const sameAnswers = (one: Answers, other: Answers): boolean =>
  JSON.stringify(foundIn([one]).toSorted()) === JSON.stringify(foundIn([other]).toSorted());

const quoted = (text: string): string => `"${printable(text)}"`;

/** What a name belongs to, in sentences. */
function ownerOf(target: string): string {
  if (isDistributionName(target)) return 'CloudFront';
  return isBalancerName(target) ? 'the load balancer' : 'the server';
}

function noteFor({ for: purpose, type, name, values }: Entry, leadsTo: readonly string[]): string {
  if (purpose === 'ownership')
    return 'Proves that the name is yours; it is looked at again before each operation, so leave it';
  if (purpose === 'validation') {
    return 'ACM issues the certificate by it and renews it by it: enter it once, and leave it for as long as the site lives';
  }
  const proxy = 'without a proxy of the provider in between';
  if (hasAddress({ type })) {
    return purpose === 'origin' ? `Leads CloudFront to the server, ${proxy}` : 'Leads to the instance or server itself';
  }
  const toDistribution = values.some(isDistributionName);
  const who = purpose === 'origin' ? 'CloudFront' : 'viewers';
  if (type === 'CNAME') return `Leads ${who} to ${ownerOf(values[0] ?? '')}, ${proxy}`;
  const enter = `"${name}" is the name of the whole zone, where no CNAME can stand: enter what your provider calls ALIAS, ANAME or CNAME flattening, to ${values.join(', ')}, ${proxy}`;
  if (toDistribution)
    return `${enter}. Where it has none of these, the name cannot lead to CloudFront, whose addresses differ from place to place and change: keep the zone in Route 53, or declare the site without "${name}"`;
  const addresses = leadsTo.filter((address) => !address.includes(':')).join(', ');
  const caveat =
    addresses &&
    `. Where it has none of these, A records to ${addresses} work until AWS changes them, which it does without notice`;
  return `${enter}${caveat}`;
}
