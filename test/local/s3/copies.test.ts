import { S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createS3 } from '../../../local/services/s3/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const Bucket = 'pages';
const source = { Bucket, Key: 'a/é 1.html' };
const CopySource = `/${Bucket}/a/${encodeURIComponent('é 1.html')}`;
const WRITTEN = new Date('2026-11-22T12:00:00Z');

let aws: AFront;
let s3: S3;
let etag: string;
beforeEach(async () => {
  aws = await aFront({ services: (host) => [createS3(host).service] });
  s3 = aws.client(S3);
  await s3.createBucket({ Bucket });
  const put = {
    ...source,
    Body: 'page',
    ContentType: 'text/html',
    CacheControl: 'no-store',
    Metadata: { site: 'shop' },
  };
  etag = String((await s3.putObject(put)).ETag);
});
afterEach(() => aws.close());

const copy = (more: object = {}) => s3.copyObject({ Bucket, Key: 'b', CopySource, ...more });

test('a copy has the bytes, the headers and the metadata of its source, and a time of its own', async () => {
  await aws.clock.advance(5_000);
  expect((await copy()).CopyObjectResult).toMatchObject({
    ETag: etag,
    LastModified: new Date(WRITTEN.getTime() + 5_000),
    ChecksumCRC32: expect.any(String),
    ChecksumType: 'FULL_OBJECT',
  });
  const read = await s3.getObject({ Bucket, Key: 'b' });
  expect(read).toMatchObject({ ContentType: 'text/html', CacheControl: 'no-store', Metadata: { site: 'shop' } });
  expect(await read.Body?.transformToString()).toBe('page');
});

test('with REPLACE its headers and metadata are those of the request', async () => {
  await copy({ MetadataDirective: 'REPLACE', Metadata: { site: 'blog' } });
  const { ContentType, CacheControl, Metadata } = await s3.headObject({ Bucket, Key: 'b' });
  expect({ ContentType, CacheControl, Metadata }).toEqual({
    ContentType: 'binary/octet-stream',
    CacheControl: undefined,
    Metadata: { site: 'blog' },
  });
});

test('a copy onto itself must change something', async () => {
  const Key = source.Key;
  await expect(copy({ Key })).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: expect.stringContaining('copy an object to itself without changing'),
  });
  await copy({ Key, MetadataDirective: 'REPLACE' });
  expect((await s3.headObject(source)).Metadata).toEqual({});
});

test.each<[string, object]>([
  ['If-Match', { CopySourceIfMatch: '"other"' }],
  ['If-None-Match', { CopySourceIfNoneMatch: '"71860c77c6745379b0d44304d66b6a13"' }],
  ['If-Modified-Since', { CopySourceIfModifiedSince: WRITTEN }],
  ['If-Unmodified-Since', { CopySourceIfUnmodifiedSince: new Date(WRITTEN.getTime() - 1_000) }],
])('a source that is not as x-amz-copy-source-%s wants it is not copied', async (header, condition) => {
  await expect(copy(condition)).rejects.toMatchObject({
    name: 'PreconditionFailed',
    Condition: `x-amz-copy-source-${header}`,
    $metadata: { httpStatusCode: 412 },
  });
});

test('a date in the future is no condition, nor is one beside an ETag that matches', async () => {
  await copy({ CopySourceIfModifiedSince: new Date(WRITTEN.getTime() + 60_000) });
  await copy({ CopySourceIfMatch: etag, CopySourceIfUnmodifiedSince: new Date(0) });
});

test('a source that is absent, none, or of a version that there is not, is refused', async () => {
  await expect(copy({ CopySource: `${Bucket}/none` })).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(copy({ CopySource: 'other/none' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(copy({ CopySource: Bucket })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
  });
  await expect(copy({ MetadataDirective: 'MOVE' })).rejects.toMatchObject({ name: 'InvalidArgument' });
});

test("the destination's own conditions hold", async () => {
  await copy({ IfNoneMatch: '*' });
  await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
    Condition: 'If-None-Match',
  });
});
