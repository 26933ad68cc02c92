import { createHash } from 'node:crypto';
import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { onObject } from './access.ts';
import type { StoredHeaders } from './bucket.ts';
import { checkedChecksum } from './checksums.ts';
import { notHere } from './errors.ts';
import { checkWrite } from './preconditions.ts';
import { KEY_BYTES, METADATA_BYTES } from './quotas.ts';
import type { BucketStore } from './store.ts';

/** Those that PutObject can write into. Source: Amazon S3 API Reference, "PutObject"; checked 2026-11-30. */
const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
];
const HEADERS = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage'] as const;

/** PutObject: seen by every read that follows, whole or not at all. */
export const putObject = (host: Host, store: BucketStore): Operation<PutObjectRequest, PutObjectOutput> => ({
  ...onObject,
  run(input, call) {
    const { Bucket, Key = '', Metadata = {}, ContentType = 'binary/octet-stream' } = input;
    const bucket = store.get(Bucket, call);
    checkOptions(input);
    const body = bytesOf(input.Body);
    checkSizes(Key, Metadata);
    const checksum = checkedChecksum(input, body);
    checkWrite(bucket.objects.get(Key), input);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    bucket.objects.set(Key, {
      key: Key,
      body,
      etag,
      lastModified: wholeSecond(host.clock.now()),
      contentType: ContentType,
      headers: headersIn(input),
      metadata: Metadata,
      checksum,
    });
    return { ETag: etag, ServerSideEncryption: 'AES256', ChecksumType: 'FULL_OBJECT', ...checksum };
  },
});

/** Throws KeyTooLongError, MetadataTooLarge. */
export function checkSizes(key: string, metadata: Record<string, string>): void {
  if (Buffer.byteLength(key) > KEY_BYTES) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400, MaxSizeAllowed: KEY_BYTES });
  }
  const size = Object.entries(metadata).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (size <= METADATA_BYTES) return;
  throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
    status: 400,
  });
}

/** S3 keeps times to the second. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

/** Throws for what a bucket without ACLs refuses, and for what is not here. */
export function checkOptions(input: PutObjectRequest): void {
  const { ACL, GrantRead, GrantFullControl, GrantReadACP, GrantWriteACP } = input;
  if (
    (ACL !== undefined && ACL !== 'bucket-owner-full-control') ||
    GrantRead ||
    GrantFullControl ||
    GrantReadACP ||
    GrantWriteACP
  ) {
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', { status: 400 });
  }
  const { ServerSideEncryption = 'AES256', StorageClass = 'STANDARD' } = input;
  if (ServerSideEncryption !== 'AES256' || input.SSECustomerKey)
    throw notHere("Encryption with keys of one's own or of KMS");
  if (!STORAGE_CLASSES.includes(StorageClass)) {
    throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', {
      status: 400,
      StorageClassRequested: StorageClass,
    });
  }
  if (StorageClass !== 'STANDARD') throw notHere(`The storage class ${StorageClass}`);
  const others = {
    Tagging: input.Tagging,
    WebsiteRedirectLocation: input.WebsiteRedirectLocation,
    ObjectLockMode: input.ObjectLockMode,
    WriteOffsetBytes: input.WriteOffsetBytes,
  };
  const given = Object.entries(others).find(([, value]) => value !== undefined);
  if (given) throw notHere(`The parameter ${given[0]} of PutObject`);
}

export function headersIn(input: PutObjectRequest): StoredHeaders {
  const kept = HEADERS.map((name) => [name, withoutFraming(name, input[name])]);
  return Object.fromEntries(kept.filter(([, value]) => value));
}

/** "aws-chunked" is how the body came, and no property of the object. */
const withoutFraming = (name: string, value: string | undefined): string | undefined =>
  name === 'ContentEncoding' ? listWithout(value, 'aws-chunked') : value;

const listWithout = (value: string | undefined, dropped: string): string | undefined =>
  value
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== dropped)
    .join(',');

/** From inside the process a body may come as text. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  return typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array);
}
