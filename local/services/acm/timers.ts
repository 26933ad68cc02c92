import type { Clock, Timer } from '../../clock/clock.ts';

/** The timers of one certificate: they end with it. */
export class Timers {
  readonly #clock: Clock;
  readonly #open = new Set<Timer>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True once nothing may happen to the certificate any more; asked again after every wait. */
  get stopped(): boolean {
    return this.#stopped;
  }

  after(ms: number, act: () => unknown): Timer {
    if (this.#stopped) return { cancel: () => {} };
    const timer = this.#clock.after(ms, () => {
      this.#open.delete(timer);
      return act();
    });
    this.#open.add(timer);
    return timer;
  }

  /** At an instant of AWS time; at once if that is past. */
  at(instant: Date, act: () => unknown): Timer {
    return this.after(instant.getTime() - this.#clock.now().getTime(), act);
  }

  /** Drops what was planned: another part of the certificate's life begins. */
  clear(): void {
    for (const timer of this.#open) timer.cancel();
    this.#open.clear();
  }

  stop(): void {
    this.#stopped = true;
    this.clear();
  }
}
