import type { Clock } from '../clock/clock.ts';
import type { Internet } from '../internet/internet.ts';
import { ask, NoAnswer } from './ask.ts';
import { Cache, type Known } from './cache.ts';
import { type DomainName, domainName, isAtOrUnder, parent, upTo } from './domain-name.ts';
import { judge, type Verdict } from './judge.ts';
import { DNS_PORT } from './name-server.ts';
import type { DnsRecord, Question } from './record.ts';
import { ROOT_HINTS } from './top.ts';

/** Aliases followed before a chain counts as endless. */
const MAX_LINKS = 16;
/** Questions to servers before one resolution is given up. */
const MAX_QUESTIONS = 100;
/** How long a server may stay silent, in ms of AWS time. */
const PATIENCE_MS = 2000;

/** What a resolver found out: every record on the way to the answer, or the SOA that says there is none. */
export interface Resolution {
  rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  answers: DnsRecord[];
  authorities: DnsRecord[];
}

export interface ResolverOptions {
  internet: Internet;
  clock: Clock;
  /** The address it asks from. */
  from: string;
  /** Remembers answers and delegations for their TTL. Default true; without it every resolution starts at the root. */
  remembers?: boolean;
}

interface Delegation {
  zone: DomainName;
  servers: { name: DomainName; addresses: string[] }[];
  /** The zone above has a DS record: what isn't signed here is a forgery. */
  mustBeSigned: boolean;
}

/** One resolution under way. */
interface Effort {
  /** Questions it may still ask. */
  questionsLeft: number;
  /** The server names it is looking up, so that they cannot lead in circles. */
  lookingUp: Set<DomainName>;
  /** Ends what the clock counts as work. */
  rest: () => void;
}

/**
 * A recursive resolver: asks from the root down, inside the small internet. Of DNSSEC it knows as much as takes a name down:
 * a DS record above a zone without keys makes all that the zone says SERVFAIL (RFC 4035 section 5.2). No signature is checked.
 */
export class Resolver {
  readonly #internet: Internet;
  readonly #clock: Clock;
  readonly #from: string;
  readonly #answers: Cache | undefined;
  readonly #delegations: Cache | undefined;
  #turn = 0;

  constructor({ internet, clock, from, remembers = true }: ResolverOptions) {
    this.#internet = internet;
    this.#clock = clock;
    this.#from = from;
    this.#answers = remembers ? new Cache(clock) : undefined;
    this.#delegations = remembers ? new Cache(clock) : undefined;
  }

  /** Looks up a name. Never throws: what cannot be found out is SERVFAIL. */
  resolve(name: string, type: string): Promise<Resolution> {
    const effort: Effort = { questionsLeft: MAX_QUESTIONS, lookingUp: new Set(), rest: this.#clock.work() };
    return this.#follow({ name: domainName(name), type }, effort).finally(() => effort.rest());
  }

  async #follow({ name, type }: Question, effort: Effort): Promise<Resolution> {
    const answers: DnsRecord[] = [];
    const seen = new Set<DomainName>();
    let at = name;
    while (!seen.has(at) && seen.size <= MAX_LINKS) {
      seen.add(at);
      const known = await this.#know({ name: at, type }, effort);
      if (!known) break;
      answers.push(...known.records);
      const cname = known.records.find((record) => record.type === 'CNAME');
      if (!cname || type === 'CNAME' || type === 'ANY') {
        return { rcode: known.rcode, answers, authorities: known.soa ? [known.soa] : [] };
      }
      at = domainName(String(cname.data));
    }
    return { rcode: 'SERVFAIL', answers: [], authorities: [] };
  }

  /** What is known of one name: from memory, or from the servers of its zone. Undefined when none of them says. */
  async #know({ name, type }: Question, effort: Effort): Promise<Known | undefined> {
    const remembered = this.#answers?.get(name, type);
    if (remembered) return remembered;
    let delegation = this.#closestDelegation(type === 'DS' ? (parent(name) ?? '') : name);
    for (;;) {
      if (delegation.mustBeSigned && !(await this.#hasKeys(delegation, effort))) return undefined;
      const verdict = await this.#askServers(delegation, { name, type }, effort);
      if (!verdict) return undefined;
      if (verdict.says === 'ask') {
        delegation = this.#accept(verdict);
        continue;
      }
      const known: Known =
        verdict.says === 'answer'
          ? { rcode: 'NOERROR', records: verdict.records }
          : { rcode: verdict.rcode, records: [], soa: verdict.soa };
      this.#answers?.put(name, type, known);
      return known;
    }
  }

  async #hasKeys(delegation: Delegation, effort: Effort): Promise<boolean> {
    const verdict = await this.#askServers(delegation, { name: delegation.zone, type: 'DNSKEY' }, effort);
    return verdict?.says === 'answer';
  }

  /** Asks the zone's servers, one after the other, until one says something. Each resolution begins with another one. */
  async #askServers(
    { zone, servers }: Pick<Delegation, 'zone' | 'servers'>,
    question: Question,
    effort: Effort,
  ): Promise<Exclude<Verdict, { says: 'lame' }> | undefined> {
    const first = this.#turn++ % servers.length;
    for (const server of [...servers.slice(first), ...servers.slice(0, first)]) {
      const addresses = server.addresses.length > 0 ? server.addresses : await this.#addressesOf(server.name, effort);
      for (const address of addresses) {
        if (effort.questionsLeft-- <= 0) return undefined;
        const verdict = await this.#ask(address, { question, zone }, effort);
        if (verdict.says !== 'lame') return verdict;
      }
    }
    return undefined;
  }

  async #ask(
    server: string,
    { question, zone }: { question: Question; zone: DomainName },
    effort: Effort,
  ): Promise<Verdict> {
    if (this.#internet.reach(this.#from, { address: server, port: DNS_PORT }) === 'filtered') {
      // Waiting for what will not come is no work: AWS time may pass as fast as it likes.
      effort.rest();
      await this.#clock.wait(PATIENCE_MS);
      effort.rest = this.#clock.work();
      return { says: 'lame' };
    }
    const patience = new AbortController();
    const timer = this.#clock.after(PATIENCE_MS, () => patience.abort(new Error('it stayed silent')));
    try {
      const response = await ask(this.#internet, question, { from: this.#from, server, signal: patience.signal });
      return judge(response, { zone, name: question.name, type: question.type });
    } catch (error) {
      if (error instanceof NoAnswer) return { says: 'lame' };
      throw error;
    } finally {
      timer.cancel();
    }
  }

  async #addressesOf(server: DomainName, effort: Effort): Promise<string[]> {
    if (effort.lookingUp.has(server)) return [];
    effort.lookingUp.add(server);
    const { answers } = await this.#follow({ name: server, type: 'A' }, effort);
    effort.lookingUp.delete(server);
    return answers.filter((record) => record.type === 'A').map((record) => String(record.data));
  }

  #accept({ cut, servers, ds, glue }: Extract<Verdict, { says: 'ask' }>): Delegation {
    this.#delegations?.put(cut, 'NS', { rcode: 'NOERROR', records: servers });
    if (ds.length > 0) this.#delegations?.put(cut, 'DS', { rcode: 'NOERROR', records: ds });
    for (const { name } of glue) {
      const records = glue.filter((record) => record.name === name && record.type === 'A');
      if (records.length > 0) this.#delegations?.put(name, 'A', { rcode: 'NOERROR', records });
    }
    return { zone: cut, servers: withAddresses(servers, glue), mustBeSigned: ds.length > 0 };
  }

  #closestDelegation(name: DomainName): Delegation {
    for (const zone of upTo(name, '')) {
      const servers = this.#delegations?.get(zone, 'NS')?.records ?? [];
      const glue = servers.flatMap(({ data }) => this.#delegations?.get(domainName(String(data)), 'A')?.records ?? []);
      const known = withAddresses(servers, glue);
      // Servers inside their own zone whose addresses are forgotten can only be found from above.
      if (known.some((server) => server.addresses.length > 0 || !isAtOrUnder(server.name, zone))) {
        return { zone, servers: known, mustBeSigned: this.#delegations?.get(zone, 'DS') !== undefined };
      }
    }
    return {
      zone: '',
      servers: ROOT_HINTS.map(({ name: server, address }) => ({ name: server, addresses: [address] })),
      mustBeSigned: false,
    };
  }
}

function withAddresses(servers: DnsRecord[], glue: DnsRecord[]): Delegation['servers'] {
  return servers.map(({ data }) => {
    const name = domainName(String(data));
    const own = glue.filter((record) => record.name === name && record.type === 'A');
    return { name, addresses: own.map((record) => String(record.data)) };
  });
}
