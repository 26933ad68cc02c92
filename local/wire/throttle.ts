import type { Clock } from '../clock/clock.ts';
import { type Rate, TokenBucket } from '../clock/token-bucket.ts';
import type { Service } from './service.ts';

/** Token buckets on AWS time, per service, account, region and (where a rate is stated for it) operation. */
export class Throttle {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a token for the call; false when the caller is too fast. */
  take(
    service: Service,
    { operation, account, region }: { operation: string; account: string; region: string },
  ): boolean {
    const action = service.rates?.actions?.[operation];
    if (action && !this.#bucket(`${service.name} ${account} ${region} ${operation}`, action).take()) return false;
    const all = service.rates?.all;
    return !all || this.#bucket(`${service.name} ${account} ${region}`, all).take();
  }

  #bucket(key: string, rate: Rate): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#clock, rate);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
