import type { Clock } from '../../../clock/clock.ts';

/** Something that counts as work on the clock except while it waits for something else. */
export class Activity {
  readonly #clock: Clock;
  #done: () => void;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#done = clock.work();
  }

  async pause<T>(waiting: Promise<T>): Promise<T> {
    this.#done();
    try {
      return await waiting;
    } finally {
      this.#done = this.#clock.work();
    }
  }

  end(): void {
    this.#done();
  }
}
