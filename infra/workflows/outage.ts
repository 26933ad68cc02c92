import type { Retrier } from './states.ts';

/**
 * How an outage of AWS is outlasted: 1, 2, 4 … 512 s, then every 600 s, each drawn from between zero and that. In all
 * 590 x 300 s + 511 s = 49 hours on average, in 3 x 600 = 1,800 of the 25,000 events that an execution may have; 10 attempts
 * are in the first 8 minutes.
 */
export const OUTLASTING: Omit<Retrier, 'ErrorEquals'> = {
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 600,
  MaxAttempts: 600,
  JitterStrategy: 'FULL',
};
