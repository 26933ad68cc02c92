import type {
  GetBucketEncryptionOutput,
  GetBucketOwnershipControlsOutput,
  GetBucketVersioningOutput,
  PutBucketEncryptionRequest,
  PutBucketOwnershipControlsRequest,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import { invalidArgument, malformedXml, notHere } from './errors.ts';
import type { BucketStore } from './store.ts';

type Empty = Record<string, never>;
interface OfBucket {
  Bucket?: string | undefined;
}

// Source: Amazon S3 API Reference, "ServerSideEncryptionByDefault", "OwnershipControlsRule"; checked 2026-11-30.
const ALGORITHMS: string[] = ['AES256', 'aws:kms', 'aws:kms:dsse'];
const OWNERSHIPS: string[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

/** Every bucket encrypts with S3's own keys; that can be said again, and no other keys are here. */
export const putBucketEncryption = (store: BucketStore): Operation<PutBucketEncryptionRequest, Empty> => ({
  ...onBucket,
  action: 's3:PutEncryptionConfiguration',
  run({ Bucket, ServerSideEncryptionConfiguration: given }, call) {
    store.get(Bucket, call);
    const rules = given?.Rules ?? [];
    if (rules.length !== 1) throw malformedXml();
    for (const { ApplyServerSideEncryptionByDefault: { SSEAlgorithm = 'AES256', KMSMasterKeyID } = {} } of rules) {
      if (!ALGORITHMS.includes(SSEAlgorithm)) throw malformedXml();
      if (SSEAlgorithm !== 'AES256') throw notHere('Encryption with keys of KMS');
      if (KMSMasterKeyID !== undefined) {
        const message =
          'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse';
        throw invalidArgument(message, 'ApplyServerSideEncryptionByDefault');
      }
    }
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
    const [wanted, ...more] = OwnershipControls?.Rules?.map(({ ObjectOwnership }) => ObjectOwnership) ?? [];
    if (wanted === undefined || more.length > 0 || !OWNERSHIPS.includes(wanted)) throw malformedXml();
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
