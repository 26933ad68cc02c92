import type { Clock } from '../clock/clock.ts';

/** A call being answered: it counts as work on the clock, except while it merely waits. */
export class Work {
  readonly #clock: Clock;
  #done: () => void;
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#done = clock.work();
  }

  /** Waits for AWS time to pass, which it could not while this counted as work. */
  async wait(seconds: number): Promise<void> {
    this.#done();
    await this.#clock.wait(seconds * 1000);
    if (!this.#ended) this.#done = this.#clock.work();
  }

  end(): void {
    this.#ended = true;
    this.#done();
  }
}
