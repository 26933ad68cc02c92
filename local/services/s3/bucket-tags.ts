import type { GetBucketTaggingOutput, GetBucketTaggingRequest, PutBucketTaggingRequest, Tag } from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import { notSet } from './errors.ts';
import { TAGS_PER_BUCKET } from './quotas.ts';
import type { BucketStore } from './store.ts';

type Empty = Record<string, never>;

export const putBucketTagging = (store: BucketStore): Operation<PutBucketTaggingRequest, Empty> => ({
  ...onBucket,
  run({ Bucket, Tagging }, call) {
    const bucket = store.get(Bucket, call);
    checkTags(Tagging?.TagSet ?? []);
    bucket.tags = Tagging?.TagSet ?? [];
    return {};
  },
});

export const getBucketTagging = (store: BucketStore): Operation<GetBucketTaggingRequest, GetBucketTaggingOutput> => ({
  ...onBucket,
  run({ Bucket }, call) {
    const { tags, name } = store.get(Bucket, call);
    if (tags.length === 0) throw notSet('NoSuchTagSet', 'The TagSet does not exist', name);
    return { TagSet: tags };
  },
});

export const deleteBucketTagging = (store: BucketStore): Operation<GetBucketTaggingRequest, Empty> => ({
  ...onBucket,
  action: 's3:PutBucketTagging',
  run({ Bucket }, call) {
    store.get(Bucket, call).tags = [];
    return {};
  },
});

/** @throws {AwsError} InvalidTag for tags that no bucket can have */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key = '' }) => Key);
  if (tags.length > TAGS_PER_BUCKET) {
    throw new AwsError('BadRequest', `Bucket tag count cannot be greater than ${TAGS_PER_BUCKET}`, { status: 400 });
  }
  if (new Set(keys).size < keys.length) {
    throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', { status: 400 });
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw new AwsError('InvalidTag', 'System tags cannot be added/updated by requester', { status: 400 });
  }
  const bad = tags.find(
    ({ Key = '', Value = '' }) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key) || Value.length > 256,
  );
  if (bad) throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid', { status: 400 });
}
