import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import type { Call, Judged, Operation } from '../../wire/service.ts';
import { accessDenied } from './errors.ts';
import type { BucketStore } from './store.ts';

// biome-ignore lint/suspicious/noExplicitAny: each operation is typed where it is written; here they only meet
type Operations = Record<string, Operation<any, any>>;

/** The account's own root is never locked out of the policy itself. Source: Amazon S3 User Guide, "Bucket policies"; checked 2026-11-30. */
const NEVER_LOCKED = ['s3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:DeleteBucketPolicy'];

/**
 * The same operations, which refuse what the policy of the bucket denies the caller, whatever the caller's own policies allow. What it
 * allows a caller of the same account is not added to those.
 */
export const heedingDenials = (store: BucketStore, operations: Operations): Operations =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      {
        ...operation,
        run(input: { Bucket?: string }, call) {
          const action = operation.action ?? `s3:${name}`;
          for (const judged of operation.resources?.(input, call) ?? [])
            refuse(store, input.Bucket, { action, judged, call });
          // A copy reads another object, perhaps of another bucket.
          for (const { action: further, resources = [] } of operation.dependents?.(input, call) ?? [])
            for (const judged of resources) refuse(store, bucketOf(judged), { action: further, judged, call });
          return operation.run(input, call);
        },
      } satisfies Operation<{ Bucket?: string }>,
    ]),
  );

const bucketOf = (judged: Judged): string | undefined =>
  /^arn:aws:s3:::([^/]+)/.exec(typeof judged === 'string' ? judged : judged.arn)?.[1];

function refuse(
  store: BucketStore,
  bucket: string | undefined,
  { action, judged, call: { principal } }: { action: string; judged: Judged; call: Call },
): void {
  if (principal.roleArn === undefined && NEVER_LOCKED.includes(action)) return;
  const resource = typeof judged === 'string' ? judged : judged.arn;
  const verdict = evaluateResourcePolicy(store.buckets.get(bucket ?? '')?.policy, {
    principal,
    action,
    resource,
    conditions: {
      'aws:PrincipalArn': [principal.roleArn ?? principal.arn],
      'aws:PrincipalIsAWSService': ['false'],
      // On AWS the same call goes over TLS; only here it stays on this machine's loopback.
      'aws:SecureTransport': ['true'],
    },
  });
  if (verdict !== 'explicitDeny') return;
  throw accessDenied(
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a resource-based policy`,
  );
}
