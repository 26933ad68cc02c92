import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  Owner,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import { ownerId } from './buckets.ts';
import { invalidArgument } from './errors.ts';
import { KEYS_PER_PAGE } from './quotas.ts';
import type { BucketStore } from './store.ts';

/** What both versions are asked for. */
type Asked = Pick<ListObjectsRequest, 'Bucket' | 'Prefix' | 'Delimiter' | 'EncodingType' | 'MaxKeys'>;

const listing = {
  ...onBucket,
  action: 's3:ListBucket',
  conditions: ({ Prefix, Delimiter }: Asked): Record<string, string[]> => ({
    ...(Prefix !== undefined && { 's3:prefix': [Prefix] }),
    ...(Delimiter !== undefined && { 's3:delimiter': [Delimiter] }),
  }),
};

/** ListObjectsV2: keys in the order of their bytes; those behind a delimiter are one prefix. */
export const listObjectsV2 = (store: BucketStore): Operation<ListObjectsV2Request, ListObjectsV2Output> => ({
  ...listing,
  run(input, call) {
    const { StartAfter = '', ContinuationToken } = input;
    const bucket = store.get(input.Bucket, call);
    const after = ContinuationToken === undefined ? StartAfter : afterToken(ContinuationToken);
    const { answer, page, encoded } = pageAfter(after, bucket, input);
    return {
      ...answer,
      ...(input.FetchOwner && { Contents: owned(answer.Contents, bucket) }),
      KeyCount: page.length,
      ...(StartAfter !== '' && { StartAfter: encoded(StartAfter) }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(answer.IsTruncated && { NextContinuationToken: tokenAfter(page.at(-1)?.name ?? '') }),
    };
  },
});

/**
 * ListObjects, the former version: it names the owner of each, and where to go on only for a listing with a delimiter. Otherwise that is
 * the last key. Source: Amazon S3 API Reference, "ListObjects"; checked 2026-11-30.
 */
export const listObjects = (store: BucketStore): Operation<ListObjectsRequest, ListObjectsOutput> => ({
  ...listing,
  run(input, call) {
    const { Marker = '', Delimiter } = input;
    const bucket = store.get(input.Bucket, call);
    const { answer, page, encoded } = pageAfter(Marker, bucket, input);
    return {
      ...answer,
      Marker: encoded(Marker),
      Contents: owned(answer.Contents, bucket),
      ...(answer.IsTruncated && Delimiter !== undefined && { NextMarker: encoded(page.at(-1)?.name ?? '') }),
    };
  },
});

/** Throws InvalidArgument for a size or an encoding that there is not. */
function pageAfter(after: string, { name: Name, objects }: Bucket, { Prefix = '', Delimiter, ...input }: Asked) {
  const { EncodingType, MaxKeys = KEYS_PER_PAGE } = input;
  if (EncodingType !== undefined && EncodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', EncodingType);
  if (MaxKeys < 0) {
    const message = 'Argument maxKeys must be an integer between 0 and 2147483647';
    throw invalidArgument(message, 'maxKeys', MaxKeys);
  }
  const most = Math.min(MaxKeys, KEYS_PER_PAGE);
  const encoded = (text: string): string =>
    EncodingType === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+') : text;
  const entries = entriesOf([...objects.values()], { Prefix, Delimiter }).filter(
    ({ name }) => inOrder(name, after) > 0,
  );
  const page = entries.slice(0, most);
  const answer = {
    Name,
    Prefix: encoded(Prefix),
    ...(Delimiter !== undefined && { Delimiter: encoded(Delimiter) }),
    ...(EncodingType && { EncodingType }),
    MaxKeys: most,
    // Of no keys at all a page is never the first of several.
    IsTruncated: most > 0 && entries.length > page.length,
    Contents: page.flatMap(({ object }) => (object ? listed(object, encoded) : [])),
    CommonPrefixes: page.flatMap(({ object, name }) => (object ? [] : { Prefix: encoded(name) })),
  };
  return { answer, page, encoded };
}

const owned = <Listed extends object>(contents: Listed[], { account }: Bucket): (Listed & { Owner: Owner })[] =>
  contents.map((one) => ({ ...one, Owner: { ID: ownerId(account) } }));

/** By the bytes of UTF-8, in which letters beyond U+FFFF come last: JavaScript has them before others. */
const inOrder = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

interface Entry {
  /** The key, or the prefix that several keys share. */
  name: string;
  object?: StoredObject;
}

function entriesOf(
  objects: StoredObject[],
  { Prefix, Delimiter }: { Prefix: string; Delimiter: string | undefined },
): Entry[] {
  const entries = new Map<string, Entry>();
  for (const object of objects.filter(({ key }) => key.startsWith(Prefix))) {
    const end = Delimiter ? object.key.indexOf(Delimiter, Prefix.length) : -1;
    const name = end < 0 ? object.key : object.key.slice(0, end + (Delimiter ?? '').length);
    entries.set(`${end < 0 ? 'key' : 'prefix'} ${name}`, end < 0 ? { name, object } : { name });
  }
  return [...entries.values()].sort((one, other) => inOrder(one.name, other.name));
}

const listed = ({ key, etag, lastModified, body, checksum }: StoredObject, encoded: (text: string) => string) => ({
  Key: encoded(key),
  LastModified: lastModified,
  ETag: etag,
  Size: body.length,
  StorageClass: 'STANDARD' as const,
  ChecksumAlgorithm: Object.keys(checksum).map((name) => name.slice('Checksum'.length) as 'CRC32'),
  ChecksumType: 'FULL_OBJECT' as const,
});

const tokenAfter = (name: string): string => `1${Buffer.from(name).toString('base64')}`;

/** Throws InvalidArgument for a token that no page has given. */
function afterToken(token: string): string {
  const name = Buffer.from(token.slice(1), 'base64').toString();
  if (name !== '' && tokenAfter(name) === token) return name;
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
}
