import type { Clock, Timer } from '../../../clock/clock.ts';

/** Ends what has been silent for too long, by AWS time. */
export class Idle {
  /** Exchanges that are going on; each ends in its own way. Without any, the connection is closed. */
  readonly waiting = new Set<() => void>();
  readonly #clock: Clock;
  readonly #limitMs: () => number;
  readonly #close: () => void;
  #last: number;
  #timer: Timer | undefined;

  constructor({ clock, limitMs, close }: { clock: Clock; limitMs: () => number; close: () => void }) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#close = close;
    this.#last = clock.now().getTime();
    this.#arm();
  }

  /** Something has moved. */
  touch(): void {
    this.#last = this.#clock.now().getTime();
  }

  stop(): void {
    this.#timer?.cancel();
    this.waiting.clear();
  }

  #arm(): void {
    const left = this.#last + this.#limitMs() - this.#clock.now().getTime();
    this.#timer = this.#clock.after(Math.max(1, left), () => this.#look());
  }

  #look(): void {
    if (this.#clock.now().getTime() - this.#last >= this.#limitMs()) {
      if (this.waiting.size === 0) this.#close();
      for (const end of [...this.waiting]) end();
      this.touch();
    }
    this.#arm();
  }
}
