import type { Host } from '../../host.ts';
import type { Permissions } from '../../wire/permissions.ts';
import type { Service } from '../../wire/service.ts';
import { mayList } from './access.ts';
import { type AskBucket, askBucket } from './ask-bucket.ts';
import {
  getBucketEncryption,
  getBucketOwnershipControls,
  getBucketVersioning,
  putBucketEncryption,
  putBucketOwnershipControls,
} from './bucket-defaults.ts';
import {
  deleteBucketPolicy,
  deletePublicAccessBlock,
  getBucketPolicy,
  getBucketPolicyStatus,
  getPublicAccessBlock,
  putBucketPolicy,
  putPublicAccessBlock,
} from './bucket-policy.ts';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './bucket-tags.ts';
import { unsetReads } from './bucket-unset.ts';
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.ts';
import { copyObject } from './copy-object.ts';
import { createBucket } from './create-bucket.ts';
import { deleteObject, deleteObjects } from './delete-object.ts';
import { heedingDenials } from './denied-by-policy.ts';
import { checkingOwner } from './expected-owner.ts';
import { getObject, headObject } from './get-object.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { putObject } from './put-object.ts';
import { RATES } from './quotas.ts';
import { BucketStore } from './store.ts';

export interface S3 {
  service: Service;
  /** What comes to a bucket's own address. */
  askBucket: AskBucket;
}

/** S3: private buckets, and objects that are seen by the next read. */
export function createS3(host: Host, { refusal }: { refusal?: Permissions['refusal'] } = {}): S3 {
  const store = new BucketStore();
  const listing = mayList(refusal);
  return {
    askBucket: askBucket(store, () => host.clock.now()),
    service: {
      name: 's3',
      protocol: 's3',
      model: () => import('@aws-sdk/client-s3'),
      rates: { actions: RATES },
      operations: checkingOwner(
        store,
        heedingDenials(store, {
          CreateBucket: createBucket(host, store),
          HeadBucket: headBucket(store),
          GetBucketLocation: getBucketLocation(store),
          ListBuckets: listBuckets(store),
          DeleteBucket: deleteBucket(store),
          PutBucketPolicy: putBucketPolicy(store),
          GetBucketPolicy: getBucketPolicy(store),
          GetBucketPolicyStatus: getBucketPolicyStatus(store),
          DeleteBucketPolicy: deleteBucketPolicy(store),
          PutPublicAccessBlock: putPublicAccessBlock(store),
          GetPublicAccessBlock: getPublicAccessBlock(store),
          DeletePublicAccessBlock: deletePublicAccessBlock(store),
          PutBucketTagging: putBucketTagging(store),
          GetBucketTagging: getBucketTagging(store),
          DeleteBucketTagging: deleteBucketTagging(store),
          PutBucketEncryption: putBucketEncryption(store),
          GetBucketEncryption: getBucketEncryption(store),
          PutBucketOwnershipControls: putBucketOwnershipControls(store),
          GetBucketOwnershipControls: getBucketOwnershipControls(store),
          GetBucketVersioning: getBucketVersioning(store),
          ...unsetReads(store),
          PutObject: putObject(host, store),
          CopyObject: copyObject(host, store, listing),
          GetObject: getObject(store, listing),
          HeadObject: headObject(store, listing),
          DeleteObject: deleteObject(store),
          DeleteObjects: deleteObjects(store),
          ListObjects: listObjects(store),
          ListObjectsV2: listObjectsV2(store),
        }),
      ),
    },
  };
}
