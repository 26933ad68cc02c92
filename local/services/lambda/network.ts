import { isIPv6 } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Draws } from '../../draws/draws.ts';
import { type Entrance, entrance } from '../../internet/entrance.ts';
import type { Internet } from '../../internet/internet.ts';
import type { Destination, Route, RoutesLink, UnreachableCode } from './worker/messages.ts';

/**
 * What a socket to an IPv6 address fails with in a function outside a VPC, which has no IPv6. Which one depends on the
 * kernel of the machine. Source: public reports of Lambda functions and containers without IPv6, checked 2026-11-29.
 */
const WITHOUT_IPV6: readonly UnreachableCode[] = [
  'EAFNOSUPPORT',
  'EPERM',
  'EINVAL',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
];

/** What a worker needs to reach the small internet, and the way to take it away again. */
export interface NetworkLink {
  link: RoutesLink;
  close(): void;
}

/**
 * The functions' way into the small internet. A worker can hold no connection of this thread, so each destination gets
 * a loopback port that leads there; the workers ask for it before they connect.
 */
export class FunctionNetwork {
  readonly #internet: Internet;
  readonly #from: string;
  readonly #draws: Draws;
  readonly #entrances = new Map<string, Promise<Entrance>>();

  /** `from` is the address that all functions' packets come from. */
  constructor(internet: Internet, { from, draws }: { from: string; draws: Draws }) {
    this.#internet = internet;
    this.#from = from;
    this.#draws = draws;
  }

  connectWorker(): NetworkLink {
    const { port1, port2 } = new MessageChannel();
    const signal = new Int32Array(new SharedArrayBuffer(4));
    port1.on('message', (to: Destination) => void this.#answer(to, port1, signal));
    port1.unref();
    return { link: { port: port2, signal }, close: () => port1.close() };
  }

  async close(): Promise<void> {
    const entrances = [...this.#entrances.values()];
    this.#entrances.clear();
    await Promise.all(entrances.map(async (opening) => (await opening).close()));
  }

  async #answer(to: Destination, port: MessagePort, signal: Int32Array<SharedArrayBuffer>): Promise<void> {
    port.postMessage(await this.#route(to));
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }

  async #route(to: Destination): Promise<Route> {
    if (isIPv6(to.address) && !isIPv6(this.#from)) return { reach: 'unreachable', code: this.#withoutIpv6(to) };
    const reach = this.#internet.reach(this.#from, to);
    if (reach === 'unreachable') return { reach, code: 'EHOSTUNREACH' };
    if (reach !== 'open') return { reach };
    const key = `${to.address} ${to.port}`;
    const opening = this.#entrances.get(key) ?? entrance(this.#internet, this.#from, to);
    this.#entrances.set(key, opening);
    return { reach, port: (await opening).port };
  }

  /** Drawn for each address apart: in which order functions connect makes no difference. */
  #withoutIpv6({ address }: Destination): UnreachableCode {
    const at = Math.floor(this.#draws.fraction(`lambda:ipv6 ${address}`) * WITHOUT_IPV6.length);
    return WITHOUT_IPV6[at] ?? 'ENETUNREACH';
  }
}
