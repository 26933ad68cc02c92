import { connect, createServer, type Server, Socket } from 'node:net';
import { type Answer, decode, streamEncode } from 'dns-packet';
import { Resolver } from '../../aws/dns/resolver.ts';
import type { Connect } from '../../aws/probes/connect.ts';

const AUTHORITATIVE = 0x0400;
const RCODES: Record<string, number> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };

export interface Said {
  rcode?: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  answers?: Answer[];
  authorities?: Answer[];
  additionals?: Answer[];
  /** Default: true unless only authorities are given. */
  authoritative?: boolean;
}

export type NameServer = (question: { name: string; type: string }) => Said | undefined;

/** Real TCP name servers on loopback, reached under the addresses they are listed by. */
export class NameServers {
  readonly #servers: Server[] = [];
  readonly #ports = new Map<string, number>();
  readonly #failures = new Map<string, string>();
  /** Every question asked: "198.41.0.4 shop.example.test A". */
  readonly asked: string[] = [];

  static async start(listed: Record<string, NameServer>): Promise<NameServers> {
    const world = new NameServers();
    for (const [address, answer] of Object.entries(listed)) await world.#listen(address, answer);
    return world;
  }

  /** Leads every address of the list to its server; all others refuse, or fail as told. */
  readonly connect: Connect = (address, port) => {
    const to = port === 53 ? this.#ports.get(address) : undefined;
    if (to !== undefined) return connect({ host: '127.0.0.1', port: to });
    const code = this.#failures.get(address) ?? 'ECONNREFUSED';
    const refused = new Socket();
    refused.destroy(Object.assign(new Error(`connect ${code} ${address}:${port}`), { code }));
    return refused;
  };

  /** What connections to an address fail with. */
  fails(address: string, code: string): void {
    this.#failures.set(address, code);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => new Promise((done) => server.close(done))));
  }

  async #listen(address: string, answer: NameServer): Promise<void> {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        const query = decode(chunk.subarray(2));
        const question = query.questions?.[0];
        if (!question) return;
        this.asked.push(`${address} ${question.name} ${question.type}`);
        const said = answer(question);
        // Silence: the client's own time limit ends it.
        if (said) socket.write(streamEncode({ ...packet(said), id: query.id ?? 0, questions: [question] }));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.#servers.push(server);
    this.#ports.set(address, (server.address() as { port: number }).port);
  }
}

/** A resolver in a world where no name server answers. */
export const nobodyAnswers = (): Resolver => new Resolver({ connect: new NameServers().connect });

function packet({ rcode = 'NOERROR', answers = [], authorities = [], additionals = [], authoritative }: Said) {
  const referral = answers.length === 0 && authorities.some((record) => record.type === 'NS');
  const flags = ((authoritative ?? !referral) ? AUTHORITATIVE : 0) | (RCODES[rcode] ?? 0);
  return { type: 'response' as const, flags, answers, authorities, additionals };
}

export const a = (name: string, data: string): Answer => ({ type: 'A', name, ttl: 60, data });
export const aaaa = (name: string, data: string): Answer => ({ type: 'AAAA', name, ttl: 60, data });
export const ns = (name: string, data: string): Answer => ({ type: 'NS', name, ttl: 60, data });
export const cname = (name: string, data: string): Answer => ({ type: 'CNAME', name, ttl: 60, data });
export const mx = (name: string, exchange: string): Answer => ({
  type: 'MX',
  name,
  ttl: 60,
  data: { preference: 10, exchange },
});
export const txt = (name: string, data: string): Answer => ({ type: 'TXT', name, ttl: 60, data });
export const soa = (name: string): Answer => ({
  type: 'SOA',
  name,
  ttl: 60,
  data: { mname: `ns.${name}`, rname: `mail.${name}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 60 },
});
