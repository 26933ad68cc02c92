import type { LoggedCall } from '../../local/wire/calls.ts';
import { type Eye, isOurs } from './onlooker.ts';

/** Half of what Route 53 gives an account: calls at once, and each second. Source: Route 53 quotas, checked 2026-11-22. */
const HALF = { burst: 25, perSecond: 5 };

/** Route 53 has enough left for everybody else, and no two batches are sent to a zone at a time (18). */
export class Pace implements Eye {
  #left = HALF.burst;
  #at = 0;
  #batchEnds = 0;

  hear(call: LoggedCall): string[] {
    if (call.service !== 'route53' || !isOurs(call)) return [];
    const at = call.at.getTime();
    this.#left = Math.min(HALF.burst, this.#left + (Math.max(0, at - this.#at) / 1000) * HALF.perSecond) - 1;
    this.#at = Math.max(at, this.#at);
    const found = this.#left < 0 ? [`18: ${call.operation} takes more than half of what Route 53 gives`] : [];
    if (call.operation !== 'ChangeResourceRecordSets' || call.error) return found;
    const together = at < this.#batchEnds;
    this.#batchEnds = at + call.ms;
    return together ? [...found, '18: two batches for one zone at a time'] : found;
  }
}
