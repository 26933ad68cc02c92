import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createS3 } from '../../../local/services/s3/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const Bucket = 'nameplate-pages';
const Key = 'shop.example.test/page.html';
const PAGE = '<!doctype html><title>We are back at eight</title>';

let aws: AFront;
let s3: S3;
beforeEach(async () => {
  aws = await aFront({ services: (host) => [createS3(host).service] });
  s3 = aws.client(S3);
  await s3.createBucket({ Bucket });
});
afterEach(() => aws.close());

const text = async (more = {}) => (await s3.getObject({ Bucket, Key, ...more })).Body?.transformToString();

test('an object is read as it was put, with its headers, its metadata and the MD5 of its bytes as ETag', async () => {
  const md5 = createHash('md5').update(PAGE).digest('hex');
  expect(
    await s3.putObject({
      Bucket,
      Key,
      Body: PAGE,
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-store',
      Metadata: { site: 'shop' },
    }),
  ).toMatchObject({ ETag: `"${md5}"`, ServerSideEncryption: 'AES256', ChecksumCRC32: expect.any(String) });
  expect(await s3.headObject({ Bucket, Key })).toMatchObject({
    ETag: `"${md5}"`,
    ContentType: 'text/html; charset=utf-8',
    ContentLength: Buffer.byteLength(PAGE),
    CacheControl: 'no-store',
    Metadata: { site: 'shop' },
    LastModified: new Date('2026-11-22T12:00:00Z'),
  });
  expect(await text()).toBe(PAGE);
});

test('a body that is streamed in chunks is kept without their framing', async () => {
  const Body = Readable.from([PAGE.slice(0, 10), PAGE.slice(10)]);
  await s3.putObject({ Bucket, Key, Body, ContentLength: Buffer.byteLength(PAGE), ContentEncoding: 'identity' });
  expect(await text()).toBe(PAGE);
  expect((await s3.headObject({ Bucket, Key })).ContentEncoding).toBe('identity');
});

test.each([
  ['ChecksumCRC32', 'y/Q5Jg=='],
  ['ChecksumCRC32C', '4waSgw=='],
  ['ChecksumCRC64NVME', 'rosUhgp5mIg='],
  ['ChecksumSHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='],
] as const)('a wrong %s is refused, and a right one taken', async (name, right) => {
  const put = (value: string) => s3.putObject({ Bucket, Key, Body: '123456789', [name]: value });
  await put(right);
  const wrong = Buffer.alloc(Buffer.from(right, 'base64').length).toString('base64');
  await expect(put(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(put('no digest')).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: `Value for x-amz-checksum-${name.slice('Checksum'.length).toLowerCase()} header is invalid.`,
  });
});

test('an MD5 that is none is told from a wrong one', async () => {
  const put = (ContentMD5: string) => s3.putObject({ Bucket, Key, Body: 'x', ContentMD5 });
  await expect(put('junk')).rejects.toMatchObject({ name: 'InvalidDigest' });
  await expect(put('AAAAAAAAAAAAAAAAAAAAAA==')).rejects.toMatchObject({ name: 'BadDigest' });
});

test('an object has the version "null", and none of any other id', async () => {
  await s3.putObject({ Bucket, Key, Body: PAGE });
  expect(await text({ VersionId: 'null' })).toBe(PAGE);
  const VersionId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';
  const invalid = { name: 'InvalidArgument', message: 'Invalid version id specified', ArgumentValue: VersionId };
  await expect(text({ VersionId })).rejects.toMatchObject(invalid);
  await expect(s3.deleteObject({ Bucket, Key, VersionId })).rejects.toMatchObject(invalid);
});

test('a read may ask for other headers than the stored ones', async () => {
  await s3.putObject({ Bucket, Key, Body: PAGE, ContentType: 'text/html', CacheControl: 'no-store' });
  const ResponseContentType = 'text/plain';
  expect(await s3.getObject({ Bucket, Key, ResponseContentType })).toMatchObject({
    ContentType: 'text/plain',
    CacheControl: 'no-store',
  });
});

test('keys keep their slashes, spaces and letters of every alphabet', async () => {
  for (const key of ['a/', 'a/b c', 'größe/ö+%?.html', '//x']) {
    await s3.putObject({ Bucket, Key: key, Body: key });
    expect(await text({ Key: key })).toBe(key);
  }
});

test('what is absent is NoSuchKey, and its deletion succeeds', async () => {
  await expect(text()).rejects.toMatchObject({ name: 'NoSuchKey', message: 'The specified key does not exist.' });
  await expect(s3.headObject({ Bucket, Key })).rejects.toMatchObject({ name: 'NotFound' });
  await s3.deleteObject({ Bucket, Key });
  await expect(s3.getObject({ Bucket: 'nobody-has-this', Key })).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test('a write may ask that nothing is there, or that very version', async () => {
  const { ETag } = await s3.putObject({ Bucket, Key, Body: 'one', IfNoneMatch: '*' });
  await expect(s3.putObject({ Bucket, Key, Body: 'two', IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
  await s3.putObject({ Bucket, Key, Body: 'two', IfMatch: ETag });
  await expect(s3.putObject({ Bucket, Key, Body: 'three', IfMatch: ETag })).rejects.toThrow('pre-conditions');
  expect(await text()).toBe('two');
});

test('a part is given for a range, and "304" to one who has it already', async () => {
  const { ETag } = await s3.putObject({ Bucket, Key, Body: 'abcdefghij' });
  expect(await text({ Range: 'bytes=2-4' })).toBe('cde');
  expect(await text({ Range: 'bytes=-3' })).toBe('hij');
  expect((await s3.getObject({ Bucket, Key, Range: 'bytes=8-99' })).ContentRange).toBe('bytes 8-9/10');
  await expect(text({ Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  await expect(text({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
});

test('ACLs, other classes and keys of KMS are refused', async () => {
  const put = (more: object) => s3.putObject({ Bucket, Key, Body: 'x', ...more });
  await expect(put({ ACL: 'public-read' })).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
  await expect(put({ ServerSideEncryption: 'aws:kms' })).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(put({ StorageClass: 'GLACIER' })).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(put({ StorageClass: 'ICE' })).rejects.toMatchObject({ name: 'InvalidStorageClass' });
  await expect(put({ Key: 'x'.repeat(1025) })).rejects.toMatchObject({ name: 'KeyTooLongError' });
});

test('objects are listed in the order of their keys, in pages, those behind a delimiter as one prefix', async () => {
  for (const key of ['b', 'a/2', 'a/1', 'c']) await s3.putObject({ Bucket, Key: key, Body: key });
  const first = await s3.listObjectsV2({ Bucket, MaxKeys: 3 });
  expect(first.Contents?.map((one) => one.Key)).toEqual(['a/1', 'a/2', 'b']);
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 3 });
  const second = await s3.listObjectsV2({ Bucket, ContinuationToken: first.NextContinuationToken });
  expect(second.Contents?.map((one) => one.Key)).toEqual(['c']);
  const folded = await s3.listObjectsV2({ Bucket, Delimiter: '/' });
  expect(folded.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
  expect(folded.Contents?.map((one) => one.Key)).toEqual(['b', 'c']);
  await s3.deleteObjects({ Bucket, Delete: { Objects: [{ Key: 'a/1' }, { Key: 'never' }] } });
  expect((await s3.listObjectsV2({ Bucket, Prefix: 'a/' })).Contents?.map((one) => one.Key)).toEqual(['a/2']);
});

test('a list has no negative length and no token but those of its pages; of no keys it is whole', async () => {
  await s3.putObject({ Bucket, Key: 'a b+c', Body: 'x' });
  const list = (more: object) => s3.listObjectsV2({ Bucket, ...more });
  await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument', ArgumentName: 'maxKeys' });
  for (const ContinuationToken of ['', 'junk']) {
    await expect(list({ ContinuationToken })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'The continuation token provided is incorrect',
    });
  }
  expect(await list({ MaxKeys: 0 })).toMatchObject({ IsTruncated: false, KeyCount: 0, MaxKeys: 0 });
  expect((await list({ EncodingType: 'url' })).Contents).toMatchObject([{ Key: 'a+b%2Bc' }]);
});

// Source: Amazon S3 API Reference, "ListObjects"; checked 2026-11-30.
test('the former list names owners, goes on after a key, and says after which only behind a delimiter', async () => {
  for (const Key of ['a/1', 'a/2', 'b', 'c']) await s3.putObject({ Bucket, Key, Body: Key });
  const first = await s3.listObjects({ Bucket, MaxKeys: 2 });
  expect(first).toMatchObject({ IsTruncated: true, MaxKeys: 2, Contents: [{ Key: 'a/1' }, { Key: 'a/2' }] });
  expect(first).not.toHaveProperty('NextMarker');
  expect(first).not.toHaveProperty('KeyCount');
  expect(first.Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
  const rest = await s3.listObjects({ Bucket, Marker: 'a/2' });
  expect(rest).toMatchObject({ IsTruncated: false, Marker: 'a/2', Contents: [{ Key: 'b' }, { Key: 'c' }] });
  const folded = await s3.listObjects({ Bucket, Delimiter: '/', MaxKeys: 1 });
  expect(folded).toMatchObject({ NextMarker: 'a/', CommonPrefixes: [{ Prefix: 'a/' }] });
  const after = await s3.listObjects({ Bucket, Delimiter: '/', Marker: folded.NextMarker });
  expect(after.Contents?.map((one) => one.Key)).toEqual(['b', 'c']);
  await expect(s3.listObjects({ Bucket: 'absent' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test('of several conditions of a write, and of values that S3 does not take, S3 says that it implements none', async () => {
  const put = (conditions: object) => s3.putObject({ Bucket, Key, Body: PAGE, ...conditions });
  const refusal = (Header: string, additionalMessage: string) => ({
    name: 'NotImplemented',
    message: 'A header you provided implies functionality that is not implemented',
    Header,
    additionalMessage,
  });
  const unknown = (header: string) =>
    refusal(header, `We don't accept the provided value of ${header} header for this API`);
  await expect(put({ IfNoneMatch: '"v1"' })).rejects.toMatchObject(unknown('If-None-Match'));
  await expect(put({ IfMatch: '*' })).rejects.toMatchObject(unknown('If-Match'));
  await expect(put({ IfMatch: '"v1"', IfNoneMatch: '*' })).rejects.toMatchObject(
    refusal('If-Match,If-None-Match', 'Multiple conditional request headers present in the request'),
  );
});

test('pages of a list follow the bytes of keys, also beyond the first plane of Unicode', async () => {
  const keys = ['a', '\uff5e', '\u{1f600}'];
  for (const each of keys) await s3.putObject({ Bucket, Key: each, Body: 'x' });
  const found: (string | undefined)[] = [];
  for (let ContinuationToken: string | undefined, more = true; more; ) {
    const page = await s3.listObjectsV2({ Bucket, MaxKeys: 1, ContinuationToken, FetchOwner: true });
    found.push(...(page.Contents ?? []).map((one) => one.Key));
    expect(page.Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    ContinuationToken = page.NextContinuationToken;
    more = ContinuationToken !== undefined;
  }
  expect(found).toEqual(keys);
});

test('a list of objects to delete must bear a checksum', async () => {
  const body = `<Delete><Object><Key>${Key}</Key></Object></Delete>`;
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00',
  };
  const ask = (more: object) =>
    fetch(`${aws.url}/${Bucket}?delete`, { method: 'POST', body, headers: { ...headers, ...more } });
  const refused = await ask({});
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining(
      '<Code>InvalidRequest</Code><Message>Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    ),
  ]);
  expect((await ask({ 'content-md5': createHash('md5').update(body).digest('base64') })).status).toBe(200);
  expect(await (await ask({ 'content-md5': createHash('md5').update('').digest('base64') })).text()).toContain(
    'BadDigest',
  );
});

describe('a raw request', () => {
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00',
  };
  const answer = async (path: string, options: RequestInit & { duplex?: 'half' }): Promise<string> => {
    const answered = await fetch(`${aws.url}/${path}`, { ...options, headers: { ...headers, ...options.headers } });
    return `${answered.status} ${await answered.text()}`;
  };
  const put = (more: Record<string, string>) =>
    answer(`${Bucket}/${Key}`, { method: 'PUT', body: PAGE, headers: more });

  test('is held to the hash that it gives of its body, whoever sends it', async () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(await put({ 'x-amz-content-sha256': hash('another') })).toMatch(/^400 .*XAmzContentSHA256Mismatch/s);
    expect(await put({ 'x-amz-content-sha256': 'odd' })).toMatch(/^400 .*must be UNSIGNED-PAYLOAD/s);
    expect(await put({ 'x-amz-content-sha256': hash(PAGE) })).toMatch(/^200/);
    expect(await put({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' })).toMatch(/^200/);
  });

  test('must say how long its body is', async () => {
    const body = new Blob([PAGE]).stream();
    expect(await answer(`${Bucket}/${Key}`, { method: 'PUT', body, duplex: 'half' })).toMatch(
      /^501 .*<Header>Transfer-Encoding<\/Header>/s,
    );
  });

  test('with a document that is none is told so in the words of S3', async () => {
    const body = '<Tagging><TagSet>';
    expect(await answer(`${Bucket}?tagging`, { method: 'PUT', body })).toContain(
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  });
});

test('a caller that is too fast is answered 503: an answer to HEAD has nothing else to tell by', async () => {
  aws.faults.add({ service: 's3', operation: '*', kind: 'throttle', times: 2 });
  await expect(s3.headObject({ Bucket, Key })).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  await expect(s3.getObject({ Bucket, Key })).rejects.toMatchObject({
    name: 'SlowDown',
    message: 'Please reduce your request rate.',
    $metadata: { httpStatusCode: 503 },
  });
});
