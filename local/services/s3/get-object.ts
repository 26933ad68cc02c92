import type { GetObjectOutput, GetObjectRequest, HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { type MayList, onObject } from './access.ts';
import type { StoredObject } from './bucket.ts';
import { accessDenied, noSuchKey } from './errors.ts';
import { type Part, partOf } from './part.ts';
import { isUnmodified } from './preconditions.ts';
import type { BucketStore } from './store.ts';
import { checkVersion } from './version-id.ts';

export const getObject = (store: BucketStore, mayList: MayList): Operation<GetObjectRequest, GetObjectOutput> => ({
  ...onObject,
  run(input, call) {
    const object = find(store, mayList, input, call);
    if (isUnmodified(object, input)) throw notModified();
    const part = partOf(object, input.Range);
    return {
      ...shown(object, input),
      ...whichPart(object, part),
      Body: object.body.subarray(part?.first, part && part.last + 1) as unknown as GetObjectOutput['Body'],
    };
  },
});

export const headObject = (store: BucketStore, mayList: MayList): Operation<HeadObjectRequest, HeadObjectOutput> => ({
  ...onObject,
  action: 's3:GetObject',
  run(input, call) {
    const object = find(store, mayList, input, call);
    if (isUnmodified(object, input)) throw notModified();
    return { ...shown(object, input), ...whichPart(object, partOf(object, input.Range)) };
  },
});

function find(store: BucketStore, mayList: MayList, input: GetObjectRequest, call: Call): StoredObject {
  const { Bucket, Key = '', VersionId } = input;
  const bucket = store.get(Bucket, call);
  checkVersion(VersionId);
  const found = bucket.objects.get(Key);
  if (found) return found;
  throw mayList(bucket, call) ? noSuchKey(Key) : accessDenied();
}

function shown(
  { etag, lastModified, contentType, headers, metadata, checksum }: StoredObject,
  { ChecksumMode, Range, ...asked }: GetObjectRequest,
): Omit<GetObjectOutput, 'Body'> {
  return {
    AcceptRanges: 'bytes',
    ETag: etag,
    LastModified: lastModified,
    ContentType: contentType,
    ...headers,
    ...overrides(asked),
    Metadata: metadata,
    ServerSideEncryption: 'AES256',
    ...(ChecksumMode === 'ENABLED' && Range === undefined && { ...checksum, ChecksumType: 'FULL_OBJECT' }),
  };
}

/** The headers that a request asks for instead of the stored ones. */
function overrides(asked: GetObjectRequest): Partial<GetObjectOutput> {
  const headers = {
    CacheControl: asked.ResponseCacheControl,
    ContentDisposition: asked.ResponseContentDisposition,
    ContentEncoding: asked.ResponseContentEncoding,
    ContentLanguage: asked.ResponseContentLanguage,
    ContentType: asked.ResponseContentType,
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function whichPart(
  { body }: StoredObject,
  part: Part | undefined,
): Pick<GetObjectOutput, 'ContentLength' | 'ContentRange'> {
  if (!part) return { ContentLength: body.length };
  const { first, last } = part;
  return { ContentLength: last - first + 1, ContentRange: `bytes ${first}-${last}/${body.length}` };
}

const notModified = (): AwsError => new AwsError('NotModified', 'Not Modified', { status: 304 });
