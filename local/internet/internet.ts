import { isIPv6 } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { type Connection, connectionPair, type Endpoint } from './connection.ts';
import { Traffic } from './traffic.ts';

export type { Connection, Endpoint } from './connection.ts';

/** What somebody who tries to connect would meet. `filtered` is silence: packets are dropped, not refused. */
export type Reach = 'open' | 'refused' | 'filtered' | 'unreachable';

/** Says whether a packet from `from` to `port` of a guarded address passes. */
export type Guard = (from: string, port: number) => boolean;

interface Listener {
  accept: (connection: Connection) => void;
  /** Whether it answers alike until `changed` is called. */
  steady: () => boolean;
  /** Whether it answers everybody alike then. */
  uniform: () => boolean;
}

/**
 * The small internet: addresses that look like AWS's and exist only inside this process. Whoever listens does so under
 * an address and a port; whoever connects says from which address, so that guards (security groups) can judge.
 */
export class Internet {
  readonly #listeners = new Map<string, Listener>();
  readonly #hosts = new Map<string, number>();
  readonly #guards = new Map<string, Guard>();
  readonly #traffic: Traffic | undefined;
  readonly #watchers: (() => void)[] = [];
  #ephemeral = 49_152;
  #revision = 0;

  /** With a clock, bytes that are on their way count as work. */
  constructor({ clock }: { clock?: Pick<Clock, 'work'> } = {}) {
    this.#traffic = clock && new Traffic(clock);
  }

  /** Accepts connections to `address:port` until the returned function is called. Throws if somebody does already. */
  listen(
    { address, port }: Endpoint,
    accept: (connection: Connection) => void,
    { steady = () => false, uniform = () => true }: { steady?: () => boolean; uniform?: () => boolean } = {},
  ): () => void {
    const key = listenerKey({ address, port });
    if (this.#listeners.has(key)) throw new Error(`Cannot listen on ${address} port ${port}: it is taken`);
    const listener = { accept, steady, uniform };
    this.#listeners.set(key, listener);
    const leave = this.attach(address);
    return () => {
      if (this.#listeners.get(key) !== listener) return;
      this.#listeners.delete(key);
      leave();
    };
  }

  /** Counts the changes of what answers where, or who may reach it. */
  get revision(): number {
    return this.#revision;
  }

  /** Tells that something may answer otherwise than before. */
  changed(): void {
    this.#revision++;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls `watcher` after every change. */
  watchChanges(watcher: () => void): void {
    this.#watchers.push(watcher);
  }

  /** Whether a place answers alike until the next change: one where nothing listens does. */
  steady(to: Endpoint): boolean {
    return this.#listeners.get(listenerKey(to))?.steady() ?? true;
  }

  /** Whether a steady place answers everybody alike: a load balancer that shares requests among targets does not. */
  uniform(to: Endpoint): boolean {
    return this.#listeners.get(listenerKey(to))?.uniform() ?? true;
  }

  /** Makes `address` a host that exists (its closed ports refuse) until the returned function is called. */
  attach(address: string): () => void {
    const host = oneForm(address);
    this.#hosts.set(host, (this.#hosts.get(host) ?? 0) + 1);
    this.changed();
    let attached = true;
    return () => {
      if (!attached) return;
      attached = false;
      const left = (this.#hosts.get(host) ?? 1) - 1;
      if (left === 0) this.#hosts.delete(host);
      else this.#hosts.set(host, left);
      this.changed();
    };
  }

  /** Puts a guard before `address`; undefined takes it away. */
  guard(address: string, guard: Guard | undefined): void {
    if (guard) this.#guards.set(oneForm(address), guard);
    else this.#guards.delete(oneForm(address));
    this.changed();
  }

  reach(from: string, { address, port }: Endpoint): Reach {
    const host = oneForm(address);
    // Who has an IPv4 address only has no route to an IPv6 one, and the other way round.
    if (!this.#hosts.has(host) || isIPv6(from) !== isIPv6(address)) return 'unreachable';
    if (this.#guards.get(host)?.(from, port) === false) return 'filtered';
    return this.#listeners.has(listenerKey({ address, port })) ? 'open' : 'refused';
  }

  /**
   * Connects. Rejects with the code a socket would give (ECONNREFUSED, EHOSTUNREACH); what is filtered stays silent
   * until `signal` ends the wait.
   */
  async connect(from: string, to: Endpoint, { signal }: { signal?: AbortSignal } = {}): Promise<Connection> {
    signal?.throwIfAborted();
    const reach = this.reach(from, to);
    if (reach === 'filtered') await silence(signal);
    if (reach === 'unreachable') throw socketError('EHOSTUNREACH', to);
    const listener = this.#listeners.get(listenerKey(to));
    if (!listener) throw socketError('ECONNREFUSED', to);
    this.#ephemeral = this.#ephemeral >= 65_535 ? 49_152 : this.#ephemeral + 1;
    const [client, server] = connectionPair({ address: from, port: this.#ephemeral }, to);
    this.#traffic?.watch(client);
    this.#traffic?.watch(server);
    this.#traffic?.moves();
    listener.accept(server);
    return client;
  }
}

/** An IPv6 address has many spellings and one canonical form, RFC 5952. */
function oneForm(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

function listenerKey({ address, port }: Endpoint): string {
  return `${oneForm(address)} ${port}`;
}

/** What a sender meets whose packets are dropped. */
export function silence(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function socketError(code: string, { address, port }: Endpoint): Error {
  return Object.assign(new Error(`connect ${code} ${address}:${port}`), { code, syscall: 'connect', address, port });
}
