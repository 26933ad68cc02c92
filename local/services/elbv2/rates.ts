import { type Rate, TokenBucket } from '../../clock/token-bucket.ts';
import { AwsError, type Operation, type Service } from '../../wire/service.ts';
import type { Elb } from './elb.ts';

// Source: ELB API reference, "Request throttling for the Elastic Load Balancing API": buckets for an account and a
// region; checked 2026-11-22.
const CHANGES: Rate = { burst: 20, perSecond: 3 };

/** What the front enforces: a bucket for everything, one more for new load balancers. */
export const RATES: NonNullable<Service['rates']> = {
  code: 'Throttling',
  all: { burst: 40, perSecond: 10 },
  actions: { CreateLoadBalancer: { burst: 10, perSecond: 0.2 } },
};

type Operations = Record<string, Operation<never, unknown>>;

/** Everything that changes something takes from one bucket more, shared by all of them, and is heard of. */
export function throttledTogether(elb: Elb, operations: Operations): Operations {
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (region: string): TokenBucket => {
    const bucket = buckets.get(region) ?? new TokenBucket(elb.host.clock, CHANGES);
    buckets.set(region, bucket);
    return bucket;
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      name.startsWith('Describe')
        ? operation
        : ({
            ...operation,
            run(input: never, call) {
              if (!bucketOf(call.region).take()) throw new AwsError('Throttling', 'Rate exceeded');
              const output = operation.run(input, call);
              elb.mayHaveChanged();
              return output;
            },
          } satisfies Operation),
    ]),
  );
}
