import type { Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import type { Bucket } from './bucket.ts';
import { ownerId } from './buckets.ts';
import { notSet } from './errors.ts';
import type { BucketStore } from './store.ts';

interface OfBucket {
  Bucket?: string | undefined;
}

interface Read {
  /** The permission, where the operation is not called so. */
  action?: string;
  answer(bucket: Bucket): object;
}

/** For a setting that S3 reports the lack of. */
const lacking = (code: string, message: string): Read['answer'] => {
  return ({ name }) => {
    throw notSet(code, message, name);
  };
};

/**
 * What clients read of a bucket that nothing can set here: each answers as S3 does where it was never set. The words are those of
 * recordings of AWS in LocalStack's tests; checked 2026-11-30.
 */
const READS: Record<string, Read> = {
  GetBucketAcl: {
    answer({ account }) {
      const Owner = { ID: ownerId(account) };
      return { Owner, Grants: [{ Grantee: { Type: 'CanonicalUser', ...Owner }, Permission: 'FULL_CONTROL' }] };
    },
  },
  GetBucketCors: {
    action: 's3:GetBucketCORS',
    answer: lacking('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  },
  GetBucketLifecycleConfiguration: {
    action: 's3:GetLifecycleConfiguration',
    answer: lacking('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  },
  GetBucketWebsite: {
    answer: lacking('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
  },
  GetBucketReplication: {
    action: 's3:GetReplicationConfiguration',
    answer: lacking('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
  },
  GetObjectLockConfiguration: {
    action: 's3:GetBucketObjectLockConfiguration',
    answer: lacking('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'),
  },
  GetBucketLogging: { answer: () => ({}) },
  GetBucketAccelerateConfiguration: { action: 's3:GetAccelerateConfiguration', answer: () => ({}) },
  GetBucketNotificationConfiguration: { action: 's3:GetBucketNotification', answer: () => ({}) },
  GetBucketRequestPayment: { answer: () => ({ Payer: 'BucketOwner' }) },
};

export const unsetReads = (store: BucketStore): Record<string, Operation<OfBucket, object>> =>
  Object.fromEntries(
    Object.entries(READS).map(([name, { action, answer }]) => [
      name,
      {
        ...onBucket,
        ...(action !== undefined && { action }),
        run: ({ Bucket }, call) => answer(store.get(Bucket, call)),
      } satisfies Operation<OfBucket, object>,
    ]),
  );
