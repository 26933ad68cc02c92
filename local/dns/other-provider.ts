import type { Internet } from '../internet/internet.ts';
import { Authority } from './authority.ts';
import type { AwsNames } from './aws-names.ts';
import { type DomainName, domainName, isAtOrUnder } from './domain-name.ts';
import { HostedElsewhere } from './hosted-elsewhere.ts';
import { startNameServer } from './name-server.ts';
import type { Registrar } from './registrar.ts';
import { soa } from './soa.ts';
import type { Top } from './top.ts';

const SERVERS = [
  { name: 'ns1.other-dns.net', address: '198.51.100.61' },
  { name: 'ns2.other-dns.net', address: '198.51.100.62' },
] as const;

/** How long "there is no such name" is remembered there: long, as at many providers. (E), from public zones. */
const NEGATIVE_TTL_SECONDS = 900;
export const DEFAULT_TTL_SECONDS = 300;

/** The types that its form offers. */
export const ENTRY_TYPES = ['A', 'AAAA', 'ALIAS', 'CAA', 'CNAME', 'MX', 'NS', 'TXT'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** What somebody types into the provider's form. Nothing is judged: a mistake is served as it was made. */
export interface Entry {
  name: string;
  type: EntryType;
  /** Addresses, names or texts; of an MX `10 mail.example.test`, of a CAA `0 issue "amazon.com"`. */
  values: string[];
  /** Default 300. */
  ttlSeconds?: number;
  /** The form takes names for relative and appends the zone, unless they end in a dot. Default false. */
  relative?: boolean;
  /** The provider answers with addresses of its own and fetches the pages itself. Default false. */
  proxied?: boolean;
}

export interface OtherProviderOptions {
  internet: Internet;
  top: Top;
  registrar: Pick<Registrar, 'delegate' | 'undelegate'>;
  awsNames: AwsNames;
}

/** Another DNS provider, outside the account: zones whose records a person enters by hand. */
export class OtherProvider {
  readonly #options: OtherProviderOptions;
  readonly #authority = new Authority();
  readonly #zones = new Map<DomainName, { zone: HostedElsewhere; entries: Entry[]; stop: () => void }>();
  readonly #leave: (() => void)[];

  constructor(options: OtherProviderOptions) {
    this.#options = options;
    for (const { name, address } of SERVERS) options.top.address(name, address);
    this.#leave = SERVERS.map((server) => startNameServer(options.internet, { ...server, authority: this.#authority }));
  }

  /** The zones here with what was entered. */
  zones(): { name: string; nameServers: string[]; records: Entry[] }[] {
    const nameServers = SERVERS.map(({ name }) => name);
    return [...this.#zones].map(([name, { entries }]) => ({ name, nameServers, records: entries }));
  }

  /** Takes a zone here, and has the zone above name the servers. Twice is once. */
  addZone(name: string): void {
    const origin = domainName(name);
    if (this.#zones.has(origin)) return;
    const { awsNames, registrar } = this.#options;
    const nameServers = SERVERS.map((server) => server.name);
    registrar.delegate(origin, nameServers);
    const zone = new HostedElsewhere(origin, {
      awsNames,
      sets: [
        soa(nameServers[0] ?? '', { ttlSeconds: 3600, negativeSeconds: NEGATIVE_TTL_SECONDS }),
        { type: 'NS', ttlSeconds: 86_400, data: nameServers },
      ],
    });
    this.#zones.set(origin, { zone, entries: [], stop: this.#authority.host(zone) });
    this.#options.internet.changed();
  }

  /** Takes a zone away, with its delegation. */
  removeZone(name: string): void {
    const origin = domainName(name);
    this.#zones.get(origin)?.stop();
    if (this.#zones.delete(origin)) this.#options.registrar.undelegate(origin);
    this.#options.internet.changed();
  }

  /**
   * Enters a record in place of what stood there under that type.
   *
   * @throws {Error} when no zone here holds the name
   */
  enter(entry: Entry): void {
    const { zone, entries } = this.#zoneOf(entry.name);
    const name = typedName(entry.name, { entry, origin: zone.origin });
    const data = entry.values.map((value) => dataOf(value, { entry, origin: zone.origin }));
    const set = { type: entry.type, ttlSeconds: entry.ttlSeconds ?? DEFAULT_TTL_SECONDS, data };
    zone.put(name, set, { proxied: entry.proxied ?? false });
    forget(entries, name, entry.type);
    entries.push({ ...entry, name });
    this.#options.internet.changed();
  }

  /** Takes a record away; false when there was none. */
  remove(typed: string, type: string): boolean {
    const name = domainName(typed);
    const { zone, entries } = this.#zoneOf(name);
    zone.remove(name, type);
    this.#options.internet.changed();
    return forget(entries, name, type);
  }

  close(): void {
    for (const leave of this.#leave) leave();
  }

  #zoneOf(typed: string) {
    const name = domainName(typed);
    const holding = [...this.#zones.keys()].filter((origin) => isAtOrUnder(name, origin));
    const closest = this.#zones.get(
      holding.reduce((best, origin) => (origin.length > best.length ? origin : best), ''),
    );
    if (closest) return closest;
    const zones = [...this.#zones.keys()].map((zone) => `"${zone}"`).join(', ') || 'none';
    throw new Error(`Cannot enter "${name}": it lies in no zone of this provider (${zones})`);
  }
}

function forget(entries: Entry[], name: DomainName, type: string): boolean {
  const place = entries.findIndex((entry) => entry.name === name && entry.type === type);
  return place >= 0 && entries.splice(place, 1).length > 0;
}

interface Typed {
  entry: Entry;
  origin: DomainName;
}

function typedName(text: string, { entry, origin }: Typed): DomainName {
  return entry.relative && !text.endsWith('.') ? `${domainName(text)}.${origin}` : domainName(text);
}

function dataOf(value: string, typed: Typed) {
  const { type } = typed.entry;
  if (type === 'CNAME' || type === 'ALIAS' || type === 'NS') return typedName(value, typed);
  if (type === 'MX') {
    const [preference = '', exchange = ''] = value.split(' ');
    return { preference: Number(preference), exchange: typedName(exchange, typed) };
  }
  if (type !== 'CAA') return value;
  const [, flags = '0', tag = '', text = ''] = /^(\d+) (\w+) "?([^"]*)"?$/.exec(value) ?? [];
  return { flags: Number(flags), tag: tag as 'issue', value: text, issuerCritical: Number(flags) >= 128 };
}
