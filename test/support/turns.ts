import { setImmediate } from 'node:timers/promises';
import type { Ledger } from '../../aws/ledger/ledger.ts';

/** Says which of so many calls that wait goes next: a number below `count`. */
export type Choose = (count: number) => number;

/**
 * Lets the calls of several requests to the ledger through one at a time, in an order that the test chooses: a call is made
 * and answered before the next one is let through.
 */
export class Turns {
  readonly #choose: Choose;
  #waiting: (() => Promise<void>)[] = [];

  constructor(choose: Choose) {
    this.#choose = choose;
  }

  /** The ledger as one request has it; after `dies` calls the request is never heard of again. */
  ledger({ documents, table }: Ledger, { dies = Number.POSITIVE_INFINITY }: { dies?: number } = {}): Ledger {
    let calls = 0;
    const send = (command: never) =>
      new Promise<unknown>((resolve, reject) => {
        calls += 1;
        if (calls <= dies) this.#waiting.push(() => documents.send(command).then(resolve, reject));
      });
    return { table, documents: { send } as never };
  }

  /** Goes on until nobody waits any more. */
  async run(): Promise<void> {
    // What a request does between two calls takes no more than the turn of the event loop.
    await setImmediate();
    while (this.#waiting.length > 0) {
      const [call] = this.#waiting.splice(this.#choose(this.#waiting.length), 1);
      await call?.();
      await setImmediate();
    }
  }
}

/** Runs once for every way in which the choices can fall. */
export async function everyOrder(run: (choose: Choose) => Promise<void>): Promise<number> {
  let path: { taken: number; of: number }[] = [];
  for (let runs = 1; ; runs += 1) {
    let at = 0;
    await run((count) => {
      const known = path[at] ?? { taken: 0, of: count };
      path[at] = known;
      at += 1;
      return known.taken;
    });
    path = path.slice(0, at);
    while (path.length > 0 && (path.at(-1)?.taken ?? 0) + 1 >= (path.at(-1)?.of ?? 0)) path.pop();
    const last = path.at(-1);
    if (!last) return runs;
    last.taken += 1;
  }
}
