import { type Duplex, duplexPair } from 'node:stream';

/** One end of a connection in the small internet. */
export interface Connection extends Duplex {
  remoteAddress: string;
  remotePort: number;
  localAddress: string;
  localPort: number;
}

export interface Endpoint {
  address: string;
  port: number;
}

/** What somebody who tries to connect would meet. `filtered` is silence: packets are dropped, not refused. */
export type Reach = 'open' | 'refused' | 'filtered' | 'unreachable';

/** Says whether a packet from `from` to `port` of a guarded address passes. */
export type Guard = (from: string, port: number) => boolean;

/**
 * The small internet: addresses that look like AWS's and exist only inside this process. Whoever listens does so under
 * an address and a port; whoever connects says from which address, so that guards (security groups) can judge.
 */
export class Internet {
  readonly #listeners = new Map<string, (connection: Connection) => void>();
  readonly #hosts = new Map<string, number>();
  readonly #guards = new Map<string, Guard>();
  #ephemeral = 49_152;

  /** Accepts connections to `address:port` until the returned function is called. Throws if somebody does already. */
  listen({ address, port }: Endpoint, accept: (connection: Connection) => void): () => void {
    const key = `${address} ${port}`;
    if (this.#listeners.has(key)) throw new Error(`Cannot listen on ${address} port ${port}: it is taken`);
    this.#listeners.set(key, accept);
    const leave = this.attach(address);
    return () => {
      if (this.#listeners.get(key) !== accept) return;
      this.#listeners.delete(key);
      leave();
    };
  }

  /** Makes `address` a host that exists (its closed ports refuse) until the returned function is called. */
  attach(address: string): () => void {
    this.#hosts.set(address, (this.#hosts.get(address) ?? 0) + 1);
    return () => {
      const left = (this.#hosts.get(address) ?? 1) - 1;
      if (left === 0) this.#hosts.delete(address);
      else this.#hosts.set(address, left);
    };
  }

  /** Puts a guard before `address`; undefined takes it away. */
  guard(address: string, guard: Guard | undefined): void {
    if (guard) this.#guards.set(address, guard);
    else this.#guards.delete(address);
  }

  reach(from: string, { address, port }: Endpoint): Reach {
    if (!this.#hosts.has(address)) return 'unreachable';
    if (this.#guards.get(address)?.(from, port) === false) return 'filtered';
    return this.#listeners.has(`${address} ${port}`) ? 'open' : 'refused';
  }

  /**
   * Connects. Rejects with the code a socket would give (ECONNREFUSED, EHOSTUNREACH); what is filtered stays silent
   * until `signal` ends the wait.
   */
  async connect(from: string, to: Endpoint, { signal }: { signal?: AbortSignal } = {}): Promise<Connection> {
    const reach = this.reach(from, to);
    if (reach === 'filtered') await silence(signal);
    if (reach === 'refused') throw socketError('ECONNREFUSED', to);
    if (reach === 'unreachable') throw socketError('EHOSTUNREACH', to);
    const accept = this.#listeners.get(`${to.address} ${to.port}`);
    if (!accept) throw socketError('ECONNREFUSED', to);
    this.#ephemeral = this.#ephemeral >= 65_535 ? 49_152 : this.#ephemeral + 1;
    const near = { address: from, port: this.#ephemeral };
    const [client, server] = duplexPair();
    accept(asConnection(server, { local: to, remote: near }));
    return asConnection(client, { local: near, remote: to });
  }
}

function asConnection(stream: Duplex, { local, remote }: { local: Endpoint; remote: Endpoint }): Connection {
  return Object.assign(stream, {
    remoteAddress: remote.address,
    remotePort: remote.port,
    localAddress: local.address,
    localPort: local.port,
  });
}

function silence(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function socketError(code: string, { address, port }: Endpoint): Error {
  return Object.assign(new Error(`connect ${code} ${address}:${port}`), { code, syscall: 'connect', address, port });
}
