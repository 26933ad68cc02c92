import type { Draws } from '../draws/draws.ts';
import type { Internet } from '../internet/internet.ts';
import { Authority } from './authority.ts';
import { type DomainName, isAtOrUnder } from './domain-name.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import type { Top } from './top.ts';

/** Each top-level domain has a block of 512 numbers: ns-0…511 .com, 512…1023 .net and so on. (E), from public zones. */
const BLOCKS = ['com', 'net', 'org', 'co.uk'] as const;
const BLOCK_SIZE = 512;
/** Eight numbers share a domain: ns-1536 to ns-1543 are in awsdns-00.co.uk. (E), from public zones. */
const SERVERS_PER_DOMAIN = 8;
/** Servers of each block that exist here: four blocks of 60 fit into 192.0.2.0/24. */
const SERVERS_PER_BLOCK = 60;

/** Route 53's name servers. A zone is served by four of them, one in each top-level domain. */
export class AwsNameServers {
  readonly #draws: Draws;
  readonly #blocks: NameServer[][];
  readonly #assigned = new Map<NameServer, Set<DomainName>>();
  readonly #leave: (() => void)[] = [];

  constructor({ draws, internet, top }: { draws: Draws; internet: Internet; top: Top }) {
    this.#draws = draws;
    this.#blocks = BLOCKS.map((tld, block) =>
      this.#drawNumbers().map((number, index) => {
        const domain = String(Math.floor(number / SERVERS_PER_DOMAIN)).padStart(2, '0');
        const server: NameServer = {
          name: `ns-${block * BLOCK_SIZE + number}.awsdns-${domain}.${tld}`,
          address: `192.0.2.${1 + block * SERVERS_PER_BLOCK + index}`,
          authority: new Authority(),
        };
        top.address(server.name, server.address);
        this.#leave.push(startNameServer(internet, server));
        return server;
      }),
    );
  }

  /**
   * Four servers for a zone, none of which serves a zone of the same name, above it or below it: one server could not tell
   * them apart. Undefined when there are no such four.
   */
  assign(zone: DomainName): NameServer[] | undefined {
    const first = Math.floor(this.#draws.fraction('route53:name-servers') * SERVERS_PER_BLOCK);
    const four = this.#blocks.flatMap((block) => {
      const inOrder = [...block.slice(first), ...block.slice(0, first)];
      return inOrder.find((server) => !this.#isRelated(server, zone)) ?? [];
    });
    if (four.length < this.#blocks.length) return undefined;
    for (const server of four) this.#assigned.set(server, (this.#assigned.get(server) ?? new Set()).add(zone));
    const turn = Math.floor(this.#draws.fraction('route53:name-servers') * four.length);
    return [...four.slice(turn), ...four.slice(0, turn)];
  }

  /** Gives back what `assign` gave for a zone that is gone. */
  release(zone: DomainName, servers: NameServer[]): void {
    for (const server of servers) this.#assigned.get(server)?.delete(zone);
  }

  close(): void {
    for (const leave of this.#leave.splice(0)) leave();
  }

  #isRelated(server: NameServer, zone: DomainName): boolean {
    const others = [...(this.#assigned.get(server) ?? [])];
    return others.some((other) => isAtOrUnder(other, zone) || isAtOrUnder(zone, other));
  }

  /** Different numbers of one block, in a drawn order. */
  #drawNumbers(): number[] {
    const numbers = Array.from({ length: BLOCK_SIZE }, (_, number) => number);
    return Array.from({ length: SERVERS_PER_BLOCK }, () => {
      const at = Math.floor(this.#draws.fraction('route53:name-server-numbers') * numbers.length);
      return numbers.splice(at, 1)[0] as number;
    });
  }
}
