import type { Clock } from './clock.ts';

/** Something that counts as work on the clock except while it waits for something else. */
export class Activity {
  readonly #clock: Clock;
  #done: () => void;
  /** How many things it waits for. */
  #waiting = 0;
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#done = clock.work();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Does not count until the promise settles, which either takes AWS time or counts its own work. */
  async pause<T>(waiting: Promise<T>): Promise<T> {
    this.#waiting++;
    this.#done();
    try {
      return await waiting;
    } finally {
      this.#waiting--;
      if (this.#waiting === 0 && !this.#ended) this.#done = this.#clock.work();
    }
  }

  /** Waits for AWS time to pass, no longer than until somebody says that it is enough. */
  async wait(ms: number, enough?: AbortSignal): Promise<void> {
    try {
      await this.pause(this.#clock.wait(ms, enough));
    } catch (error) {
      if (!enough?.aborted) throw error;
    }
  }

  end(): void {
    this.#ended = true;
    this.#done();
  }
}
