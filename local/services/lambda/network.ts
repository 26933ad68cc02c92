import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Entrance, entrance } from '../../internet/entrance.ts';
import type { Internet } from '../../internet/internet.ts';
import type { Destination, Route, RoutesLink } from './worker/messages.ts';

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
  readonly #entrances = new Map<string, Promise<Entrance>>();

  /** `from` is the address that all functions' packets come from. */
  constructor(internet: Internet, from: string) {
    this.#internet = internet;
    this.#from = from;
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
    const reach = this.#internet.reach(this.#from, to);
    if (reach !== 'open') return { reach };
    const key = `${to.address} ${to.port}`;
    const opening = this.#entrances.get(key) ?? entrance(this.#internet, this.#from, to);
    this.#entrances.set(key, opening);
    return { reach, port: (await opening).port };
  }
}
