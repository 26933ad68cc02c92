import type { Answer, RecordType } from 'dns-packet';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import { type Connect, connectPublic } from '../probes/connect.ts';
import { Slots } from '../slots.ts';
import { Effort } from './effort.ts';
import { canonical, DnsFailure, type Question, query, type Response } from './query.ts';
import { type Cut, isFinal, isUsable, nameServerAddresses, parentName, referralIn, unique } from './referral.ts';
import { ROOT_SERVERS } from './root-servers.ts';

/** How long one name server has for one answer, connection included. */
const TIMEOUT_MS = 3_000;

/** For all questions of one resolver together: a function lives 30 s, and needs some to say what it saw. */
const DEADLINE_MS = 20_000;

/** With less time left than this nothing is asked any more: the answer would come too late. */
const TOO_LATE_MS = 50;

/** Most delegations followed for one question; names have at most 127 labels, real ones fewer than 10. */
const MAX_REFERRALS = 16;

/** Most CNAMEs followed for one name. */
const MAX_CNAMES = 8;

/** Most addresses of one name server that are asked, and of all name servers of a zone together, for one question. */
const MAX_ADDRESSES = { ofServer: 4, ofZone: 16 } as const;

/** Most connections at once. */
const MAX_CONNECTIONS = 8;

/** An answer and the zone whose servers gave it. */
export interface Lookup extends Response {
  zone: string;
}

/** What the parent of a zone says about it. */
export interface Referral {
  parent: string;
  nameServers: string[];
  /** The addresses that it gives of names below itself: no other is believed. */
  glue: Answer[];
}

export interface ResolverOptions {
  connect?: Connect;
  roots?: readonly string[];
  timeoutMs?: number;
  deadlineMs?: number;
}

/**
 * Asks the authoritative name servers themselves, from the root down, over TCP: no other cache is in between,
 * and nothing is remembered beyond this object, so make one for each look at the world.
 */
export class Resolver {
  readonly #connect: Connect;
  readonly #timeoutMs: number;
  readonly #deadline: number;
  readonly #slots = new Slots(MAX_CONNECTIONS);
  readonly #cuts = new Map<string, Cut>();
  readonly #lookups = new Map<string, Promise<Lookup>>();
  /** The addresses of name servers whose delegation gives none. */
  readonly #addresses = new Map<string, string[]>();
  /** The searches for such addresses that a question itself has begun, and that go on. */
  readonly #searches = new Map<string, Promise<string[]>>();

  constructor({
    connect = connectPublic,
    roots = ROOT_SERVERS,
    timeoutMs = TIMEOUT_MS,
    deadlineMs = DEADLINE_MS,
  }: ResolverOptions = {}) {
    this.#connect = connect;
    this.#timeoutMs = timeoutMs;
    this.#deadline = performance.now() + deadlineMs;
    const servers = roots.map((address) => ({ name: '', addresses: [address] }));
    this.#cuts.set('', { zone: '', servers, leftOut: 0 });
  }

  /**
   * What the authoritative servers say, CNAMEs not followed.
   *
   * @throws {DnsFailure} when no server of some zone on the way answers
   */
  lookup(name: string, type: RecordType): Promise<Lookup> {
    const key = `${name} ${type}`;
    const known = this.#lookups.get(key);
    if (known !== undefined) return known;
    const lookup = this.#descend({ name, type }, new Effort());
    this.#lookups.set(key, lookup);
    return lookup;
  }

  /**
   * The records of a name, CNAMEs followed; empty when there are none.
   *
   * @throws {DnsFailure} as `lookup()`, and for a chain of CNAMEs that doesn't end
   */
  async resolve(name: string, type: RecordType): Promise<Answer[]> {
    return (await this.follow(name, type)).records;
  }

  /**
   * The same, with the names that its CNAMEs led over.
   *
   * @throws {DnsFailure} as `resolve()`
   */
  async follow(name: string, type: RecordType): Promise<{ records: Answer[]; over: string[] }> {
    const over: string[] = [];
    let at = name;
    for (let hop = 0; hop <= MAX_CNAMES; hop += 1) {
      const { answers } = await this.lookup(at, type);
      const found = answers.filter((answer) => answer.name === at && answer.type === type);
      const alias = answers.find((answer) => answer.name === at && answer.type === 'CNAME');
      if (found.length > 0 || !alias) return { records: found, over };
      at = canonical(String((alias as { data: string }).data));
      over.push(at);
    }
    throw new DnsFailure(`Cannot resolve "${name}" ${type}: more than ${MAX_CNAMES} CNAMEs in a row`);
  }

  /** The IPv4 and IPv6 addresses of a name, each once. */
  async addresses(name: string): Promise<string[]> {
    const records = await Promise.all([this.resolve(name, 'A'), this.resolve(name, 'AAAA')]);
    return unique(records.flat().map((record) => String((record as { data: string }).data)));
  }

  /**
   * What the zone above `zone` says: the name servers it delegates to (none when it doesn't), and its own name.
   *
   * @throws {DnsFailure}
   */
  async referral(zone: string): Promise<Referral> {
    const { parent, response } = await this.askParent({ name: zone, type: 'NS' });
    const said = [...response.answers, ...response.authorities].filter(
      (answer) => answer.name === zone && answer.type === 'NS',
    );
    const named = said.map((answer) => canonical(String((answer as { data: string }).data)));
    const glue = response.additionals.filter(({ name }) => parent === '' || isAtOrBelow(name, parent));
    return { parent, nameServers: unique(named).sort(), glue };
  }

  /** Whether the zone above `zone` holds a DS record for it. */
  async hasDs(zone: string): Promise<boolean> {
    const { response } = await this.askParent({ name: zone, type: 'DS' });
    return response.answers.some((answer) => answer.name === zone && answer.type === 'DS');
  }

  /**
   * What each name server of the zone that holds a name says, that zone, and how many of its name servers weren't asked
   * because there are too many. Servers that give no usable answer are left out: what the others agree on stands.
   *
   * @throws {DnsFailure} when none answers
   */
  async everyServer({
    name,
    type,
  }: Question): Promise<{ zone: string; said: (Response & { server: string })[]; leftOut: number }> {
    const { zone: asked, answers, authorities } = await this.lookup(name, 'SOA');
    const soa = [...answers, ...authorities].find((answer) => answer.type === 'SOA' && isAtOrBelow(name, answer.name));
    const { servers, leftOut } = this.#closestCut(asked);
    const failures: string[] = [];
    const effort = new Effort();
    const said = await Promise.all(
      servers.map(async (server) => {
        try {
          const response = await this.#askAny({ zone: asked, servers: [server], leftOut: 0 }, { name, type }, effort);
          return [{ ...response, server: server.name }];
        } catch (error) {
          failures.push(expected(error).message);
          return [];
        }
      }),
    );
    if (said.flat().length === 0) throw new DnsFailure(failures.join('; '));
    return { zone: soa?.name ?? asked, said: said.flat(), leftOut };
  }

  /** What one name server, by its name, says itself. */
  async ask(server: string, question: Question): Promise<Response> {
    const failures: string[] = [];
    const effort = new Effort();
    for (const address of (await this.#addressesOf(server, effort)).slice(0, MAX_ADDRESSES.ofServer)) {
      try {
        return await this.#query(address, question, effort);
      } catch (error) {
        failures.push(expected(error).message);
      }
    }
    throw new DnsFailure(failures.join('; ') || `Cannot ask "${server}": it has no address`);
  }

  /** What the name server at an address says itself. */
  askAt(address: string, question: Question): Promise<Response> {
    return this.#query(address, question, new Effort());
  }

  /**
   * What the zone above a name says of it: its DS records are there and nowhere else.
   *
   * @throws {DnsFailure}
   */
  async askParent(question: Question): Promise<{ parent: string; response: Response }> {
    let cut = this.#closestCut(parentName(question.name));
    const effort = new Effort();
    for (let hop = 0; hop < MAX_REFERRALS; hop += 1) {
      const response = await this.#askAny(cut, question, effort);
      const next = referralIn(response, { cut: cut.zone, name: question.name });
      if (!next || next.zone === question.name || isFinal(response, question)) {
        const soa = response.authorities.find((answer) => answer.type === 'SOA');
        return { parent: soa?.name ?? cut.zone, response };
      }
      this.#cuts.set(next.zone, next);
      cut = next;
    }
    throw new DnsFailure(`Cannot find the zone above "${question.name}": too many delegations in a row`);
  }

  async #descend(question: Question, effort: Effort): Promise<Lookup> {
    let cut = this.#closestCut(question.name);
    for (let hop = 0; hop < MAX_REFERRALS; hop += 1) {
      const response = await this.#askAny(cut, question, effort);
      const next = referralIn(response, { cut: cut.zone, name: question.name });
      if (isFinal(response, question) || !next) return { ...response, zone: cut.zone };
      this.#cuts.set(next.zone, next);
      cut = next;
    }
    throw new DnsFailure(`Cannot look up "${question.name}": too many delegations in a row`);
  }

  /** The first good answer of a zone's servers, in the order given; those with known addresses first. */
  async #askAny(cut: Cut, question: Question, effort: Effort): Promise<Response> {
    const failures: string[] = [];
    let deaf = 0;
    const servers = cut.servers.toSorted((one, other) => other.addresses.length - one.addresses.length);
    let asked = 0;
    for (const server of servers) {
      for (const address of await this.#addressesFor(server, effort, failures)) {
        if (asked >= MAX_ADDRESSES.ofZone) break;
        asked += 1;
        try {
          const response = await this.#query(address, question, effort);
          if (isUsable(response, { cut: cut.zone, name: question.name })) return response;
          deaf += 1;
          failures.push(`${server.name || address} answers ${response.rcode} without authority`);
        } catch (error) {
          failures.push(expected(error).message);
        }
      }
    }
    const zone = cut.zone || '.';
    const others = cut.leftOut > 0 ? ` (${cut.leftOut} more were not asked)` : '';
    throw new DnsFailure(
      `No name server of "${zone}" answers for "${question.name}"${others}: ${failures.join('; ') || 'none'}`,
      deaf > 0 && deaf === failures.length ? { deafZone: cut.zone } : {},
    );
  }

  /** Asks when it is its turn, as long as there is time and the question that this is for has not taken too many. */
  #query(address: string, question: Question, effort: Effort): Promise<Response> {
    return this.#slots.run(async () => {
      const cannot = `Cannot ask ${address} for "${question.name}"`;
      const left = this.#deadline - performance.now();
      if (left < TOO_LATE_MS) throw new DnsFailure(`${cannot}: out of time`);
      effort.spend(cannot);
      return query(address, question, { connect: this.#connect, timeoutMs: Math.min(this.#timeoutMs, left) });
    });
  }

  async #addressesFor(server: Cut['servers'][number], effort: Effort, failures: string[]): Promise<string[]> {
    if (server.addresses.length > 0) return server.addresses.slice(0, MAX_ADDRESSES.ofServer);
    try {
      return (await this.#addressesOf(server.name, effort)).slice(0, MAX_ADDRESSES.ofServer);
    } catch (error) {
      failures.push(expected(error).message);
      return [];
    }
  }

  /**
   * Looked up once, also where several questions need them at the same time. A search that another name server's address needs
   * waits for no other search: where the name servers of two zones lie in each other, both would wait forever.
   */
  async #addressesOf(server: string, effort: Effort): Promise<string[]> {
    const known = this.#addresses.get(server);
    if (known) return known;
    if (!effort.isOwn) return this.#findAddresses(server, effort);
    const others = this.#searches.get(server);
    // What has failed for another question may have been that question's effort.
    if (others !== undefined) return others.catch(() => this.#findAddresses(server, effort));
    const search = this.#findAddresses(server, effort);
    this.#searches.set(server, search);
    return search.finally(() => this.#searches.delete(server));
  }

  async #findAddresses(server: string, effort: Effort): Promise<string[]> {
    const below = effort.below(server);
    const found = nameServerAddresses((await this.#descend({ name: server, type: 'A' }, below)).answers);
    const addresses =
      found.length > 0
        ? found
        : nameServerAddresses((await this.#descend({ name: server, type: 'AAAA' }, below)).answers);
    this.#addresses.set(server, addresses);
    return addresses;
  }

  #closestCut(name: string): Cut {
    let at = name;
    for (;;) {
      const cut = this.#cuts.get(at);
      if (cut) return cut;
      at = parentName(at);
    }
  }
}

function expected(error: unknown): DnsFailure {
  if (error instanceof DnsFailure) return error;
  throw error;
}
