import { AwsError, type Operation } from '../../wire/service.ts';
import { accessDenied } from './errors.ts';
import type { BucketStore } from './store.ts';

interface Asked {
  Bucket?: string;
  ExpectedBucketOwner?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each operation is typed where it is written; here they only meet
type Operations = Record<string, Operation<any, any>>;

/** The same operations, which refuse a bucket of another owner than the request expects. */
export const checkingOwner = (store: BucketStore, operations: Operations): Operations =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      {
        ...operation,
        run(input: Asked, call) {
          if (input.ExpectedBucketOwner !== undefined) check(store, input.Bucket, input.ExpectedBucketOwner);
          return operation.run(input, call);
        },
      } satisfies Operation<Asked>,
    ]),
  );

function check(store: BucketStore, bucket: string | undefined, owner: string): void {
  if (!/^\d{12}$/.test(owner)) {
    const message = 'The value of the expected bucket owner parameter must be an AWS account ID';
    throw new AwsError('InvalidBucketOwnerAWSAccountID', message, { status: 400 });
  }
  const found = store.buckets.get(bucket ?? '');
  if (found && found.account !== owner) throw accessDenied();
}
