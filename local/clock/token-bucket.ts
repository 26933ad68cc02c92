import type { Clock } from './clock.ts';

/** A rate as AWS states it: so many calls at once, so many more each second of AWS time. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** A token bucket on AWS time. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = clock.now().getTime();
  }

  /** Takes `count` tokens if they are there; takes none and says false otherwise. */
  take(count = 1): boolean {
    const now = this.#clock.now().getTime();
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate.perSecond);
    this.#at = now;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }
}
