import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, connect, type Server, Socket } from 'node:net';
import { Authority } from '../../../local/certificates/authority.ts';
import { join } from '../../../local/internet/entrance.ts';
import type { Endpoint, Internet } from '../../../local/internet/internet.ts';
import type { ServerMaterial } from '../certificates.ts';
import type { Kind } from './kinds.ts';
import { materialOf } from './material.ts';
import { serverOf } from './servers.ts';

/** What a client meets at a place where nothing listens. */
const WITHOUT_SERVER: Partial<Record<Kind, 'ECONNREFUSED' | 'EHOSTUNREACH' | 'silence'>> = {
  closed: 'ECONNREFUSED',
  noRoute: 'EHOSTUNREACH',
  filtered: 'silence',
};

interface Shown {
  /** The name that the certificate is for, but where that is the fault. Default "shop.example.test". */
  name?: string;
  /** Answers pages. Default: 200, with Strict-Transport-Security. */
  listener?: RequestListener;
}

/**
 * A rack of real TLS servers on the loopback, one for each thing that can be wrong with one, and healthy ones. Who looks at
 * them connects by `connect`, or in the small internet where they are plugged in.
 */
export class Rack {
  /** What clients of the rack must trust. */
  readonly rootPem: string;
  readonly trusted: Authority;
  readonly #unknown: Authority;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(trusted: Authority, unknown: Authority) {
    this.rootPem = trusted.rootPem;
    this.trusted = trusted;
    this.#unknown = unknown;
  }

  /** `authority` signs what is to be trusted, where that is trusted already. Default: one of its own. */
  static async open({ authority }: { authority?: Authority } = {}): Promise<Rack> {
    return new Rack(authority ?? (await Authority.create()), await Authority.create());
  }

  /** Starts the server of a kind; returned is what connects to it, as a client outside would. */
  async serve(kind: Kind, { name = 'shop.example.test', listener }: Shown = {}): Promise<() => Socket> {
    const nothing = WITHOUT_SERVER[kind];
    if (nothing === 'silence') return () => new Socket();
    if (nothing !== undefined) return () => failing(nothing);
    return this.connecting(serverOf(kind, await this.materialOf(kind, name), listener));
  }

  /** The certificates and the key of a kind, for a server of one's own. */
  materialOf(kind: Kind, name = 'shop.example.test'): Promise<ServerMaterial> {
    return materialOf(kind, { trusted: this.trusted, unknown: this.#unknown }, name);
  }

  /** Puts one more server into the rack: a web server on port 80, say. */
  async connecting(server: Server): Promise<() => Socket> {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return () => connect({ host: '127.0.0.1', port });
  }

  /** Puts the server of a kind under an address and a port of the small internet; the returned function takes it away. */
  async plugIn(internet: Internet, at: Endpoint, { kind, ...shown }: Shown & { kind: Kind }): Promise<() => void> {
    if (kind === 'noRoute') return () => {};
    if (kind === 'closed') return internet.attach(at.address);
    if (kind === 'filtered') {
      const leave = internet.attach(at.address);
      internet.guard(at.address, (_, port) => port !== at.port);
      return () => {
        internet.guard(at.address, undefined);
        leave();
      };
    }
    const dial = await this.serve(kind, shown);
    return internet.listen(at, (connection) => join(dial(), connection));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.splice(0).map((server) => new Promise((done) => server.close(done))));
  }
}

function failing(code: string): Socket {
  return new Socket().destroy(Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' }));
}
