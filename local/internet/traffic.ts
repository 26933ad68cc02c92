import type { Duplex } from 'node:stream';
import type { Clock } from '../clock/clock.ts';

/**
 * Turns of the event loop without a byte written after which nothing is on its way any more. A hop takes one or two
 * (a TLS record, a parsed request, the answer to it); several parties may stand between two writes.
 */
const QUIET_TURNS = 12;

/**
 * Bytes on their way count as work, silence does not: AWS time doesn't run past an exchange that is going on, and does
 * run while somebody waits for an answer that never comes.
 */
export class Traffic {
  readonly #clock: Pick<Clock, 'work'>;
  #quietTurns = 0;
  #done: (() => void) | undefined;

  constructor(clock: Pick<Clock, 'work'>) {
    this.#clock = clock;
  }

  /** Watches what is written to `stream`. */
  watch(stream: Duplex): void {
    const write = stream._write.bind(stream);
    const end = stream._final.bind(stream);
    stream._write = (chunk, encoding, callback) => {
      this.moves();
      write(chunk, encoding, callback);
    };
    stream._final = (callback) => {
      this.moves();
      end(callback);
    };
  }

  /** Something is on its way now. */
  moves(): void {
    this.#quietTurns = 0;
    if (this.#done) return;
    this.#done = this.#clock.work();
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    if (++this.#quietTurns < QUIET_TURNS) {
      setImmediate(() => this.#turn());
      return;
    }
    const done = this.#done;
    this.#done = undefined;
    done?.();
  }
}
