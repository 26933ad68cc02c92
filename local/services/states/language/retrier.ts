import { errorNamesOf } from './error-names.ts';
import { Fields } from './fields.ts';
import { isJsonObject } from './json.ts';
import { MAX_SECONDS } from './number-field.ts';

/** Source: Step Functions guide, "Handling errors in workflows", for defaults and bounds; checked 2026-11-22. */
const DEFAULTS = { IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3 };
const MAX_DELAY_SECONDS = 31_622_400;

export interface Retrier {
  errorEquals: string[];
  intervalSeconds: number;
  backoffRate: number;
  maxAttempts: number;
  maxDelaySeconds: number;
  /** Draws the delay from between zero and the computed one. */
  jitter: boolean;
}

export function retriersOf(fields: Fields): Retrier[] {
  const list = fields.list('Retry') ?? [];
  return list.flatMap((value, index) => {
    if (!isJsonObject(value)) {
      fields.problem('Expected value of type [OBJECT]', `Retry[${index}]`);
      return [];
    }
    return [retrierOf(new Fields(value, fields.at(`Retry[${index}]`), fields.problems), index === list.length - 1)];
  });
}

function retrierOf(fields: Fields, last: boolean): Retrier {
  fields.string('Comment');
  const jitter = fields.string('JitterStrategy') ?? 'NONE';
  if (jitter !== 'FULL' && jitter !== 'NONE') {
    fields.problem('Value should be one of the following: [FULL, NONE]', 'JitterStrategy');
  }
  const seconds = { min: 1, max: MAX_SECONDS, integer: true };
  const intervalSeconds = fields.number('IntervalSeconds', seconds) ?? DEFAULTS.IntervalSeconds;
  const maxDelaySeconds = fields.number('MaxDelaySeconds', { ...seconds, max: MAX_DELAY_SECONDS }) ?? Infinity;
  if (maxDelaySeconds <= intervalSeconds) fields.problem('MaxDelaySeconds must be greater than IntervalSeconds');
  const retrier = {
    errorEquals: errorNamesOf(fields, { last }),
    intervalSeconds,
    backoffRate:
      fields.number('BackoffRate', { min: 1, max: Number.MAX_VALUE, integer: false }) ?? DEFAULTS.BackoffRate,
    maxAttempts: fields.number('MaxAttempts', { min: 0, max: MAX_SECONDS, integer: true }) ?? DEFAULTS.MaxAttempts,
    maxDelaySeconds,
    jitter: jitter === 'FULL',
  };
  fields.refuseRest();
  return retrier;
}

/** Seconds before the attempt after `attempts` earlier retries: 2, 4, 8, … capped, then drawn from below if jittered. */
export function delaySeconds(retrier: Retrier, attempts: number, fraction: () => number): number {
  const full = Math.min(retrier.intervalSeconds * retrier.backoffRate ** attempts, retrier.maxDelaySeconds);
  return retrier.jitter ? full * fraction() : full;
}
