import type { Service } from '../../wire/service.ts';

// Source: EC2 developer guide, "Request throttling for the Amazon EC2 API": a bucket for each action, account and
// region; checked 2026-11-22.
const READS = { burst: 100, perSecond: 20 };
const CHANGES = { burst: 50, perSecond: 5 };
const LAUNCHES = { burst: 5, perSecond: 2 };

/** How often each of those operations may be called. */
export const ratesOf = (operations: string[]): NonNullable<Service['rates']> => ({
  code: 'RequestLimitExceeded',
  actions: Object.fromEntries(operations.map((name) => [name, rateOf(name)])),
});

function rateOf(name: string) {
  if (name.startsWith('Describe')) return READS;
  return name === 'RunInstances' || name === 'StartInstances' ? LAUNCHES : CHANGES;
}
