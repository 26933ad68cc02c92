import type {
  GetBucketEncryptionOutput,
  GetBucketOwnershipControlsOutput,
  GetBucketVersioningOutput,
  PutBucketEncryptionRequest,
  PutBucketOwnershipControlsRequest,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import { notHere } from './errors.ts';
import type { BucketStore } from './store.ts';

type Empty = Record<string, never>;
interface OfBucket {
  Bucket?: string | undefined;
}

/** Every bucket encrypts with S3's own keys; that can be said again, and no other keys are here. */
export const putBucketEncryption = (store: BucketStore): Operation<PutBucketEncryptionRequest, Empty> => ({
  ...onBucket,
  action: 's3:PutEncryptionConfiguration',
  run({ Bucket, ServerSideEncryptionConfiguration: given }, call) {
    store.get(Bucket, call);
    const algorithms = given?.Rules?.map((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm) ?? [];
    if (algorithms.some((one) => one !== 'AES256')) throw notHere('Encryption with keys of KMS');
    return {};
  },
});

export const getBucketEncryption = (store: BucketStore): Operation<OfBucket, GetBucketEncryptionOutput> => ({
  ...onBucket,
  action: 's3:GetEncryptionConfiguration',
  run({ Bucket }, call) {
    store.get(Bucket, call);
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const }, BucketKeyEnabled: false };
    return { ServerSideEncryptionConfiguration: { Rules: [rule] } };
  },
});

/** ACLs are off, as in every new bucket. */
export const putBucketOwnershipControls = (
  store: BucketStore,
): Operation<PutBucketOwnershipControlsRequest, Empty> => ({
  ...onBucket,
  run({ Bucket, OwnershipControls }, call) {
    store.get(Bucket, call);
    const wanted = OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    if (wanted !== 'BucketOwnerEnforced') throw notHere(`ObjectOwnership ${wanted}`);
    return {};
  },
});

export const getBucketOwnershipControls = (
  store: BucketStore,
): Operation<OfBucket, GetBucketOwnershipControlsOutput> => ({
  ...onBucket,
  run({ Bucket }, call) {
    store.get(Bucket, call);
    return { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } };
  },
});

/** Versions are not kept. */
export const getBucketVersioning = (store: BucketStore): Operation<OfBucket, GetBucketVersioningOutput> => ({
  ...onBucket,
  run({ Bucket }, call) {
    store.get(Bucket, call);
    return {};
  },
});
