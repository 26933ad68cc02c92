import type {
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../wire/service.ts';
import { onObject } from './access.ts';
import { bucketArn } from './bucket.ts';
import { malformedXml } from './errors.ts';
import { checkDeletion } from './preconditions.ts';
import { KEYS_PER_PAGE } from './quotas.ts';
import type { BucketStore } from './store.ts';
import { checkVersion } from './version-id.ts';

/** DeleteObject: that of one which is absent succeeds as well. */
export const deleteObject = (store: BucketStore): Operation<DeleteObjectRequest, DeleteObjectOutput> => ({
  ...onObject,
  run(input, call) {
    const { objects } = store.get(input.Bucket, call);
    const { Key = '', IfMatch, VersionId } = input;
    checkVersion(VersionId);
    checkDeletion(objects.get(Key), { Key, IfMatch });
    objects.delete(Key);
    return {};
  },
});

export const deleteObjects = (store: BucketStore): Operation<DeleteObjectsRequest, DeleteObjectsOutput> => ({
  action: 's3:DeleteObject',
  resources: ({ Bucket = '', Delete }) => (Delete?.Objects ?? []).map(({ Key }) => `${bucketArn(Bucket)}/${Key}`),
  run({ Bucket, Delete }, call) {
    const { objects } = store.get(Bucket, call);
    const asked = Delete?.Objects ?? [];
    if (asked.length === 0 || asked.length > KEYS_PER_PAGE) throw malformedXml();
    for (const { Key = '' } of asked) objects.delete(Key);
    return Delete?.Quiet ? {} : { Deleted: asked.map(({ Key }) => ({ Key })) };
  },
});
