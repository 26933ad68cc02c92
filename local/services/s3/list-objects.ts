import type { ListObjectsV2Output, ListObjectsV2Request } from '@aws-sdk/client-s3';
import type { Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import type { StoredObject } from './bucket.ts';
import { invalidArgument, notHere } from './errors.ts';
import { KEYS_PER_PAGE } from './quotas.ts';
import type { BucketStore } from './store.ts';

/** ListObjectsV2: keys in the order of their bytes; those behind a delimiter are one prefix. */
export const listObjectsV2 = (store: BucketStore): Operation<ListObjectsV2Request, ListObjectsV2Output> => ({
  ...onBucket,
  action: 's3:ListBucket',
  conditions: ({ Prefix, Delimiter }) => ({
    ...(Prefix !== undefined && { 's3:prefix': [Prefix] }),
    ...(Delimiter !== undefined && { 's3:delimiter': [Delimiter] }),
  }),
  run(input, call) {
    const { Prefix = '', Delimiter, StartAfter = '', ContinuationToken, EncodingType } = input;
    const bucket = store.get(input.Bucket, call);
    if (EncodingType !== undefined && EncodingType !== 'url')
      throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type');
    if (input.FetchOwner) throw notHere('FetchOwner');
    const { MaxKeys = KEYS_PER_PAGE } = input;
    if (MaxKeys < 0) {
      const message = 'Argument maxKeys must be an integer between 0 and 2147483647';
      throw invalidArgument(message, 'maxKeys', MaxKeys);
    }
    const most = Math.min(MaxKeys, KEYS_PER_PAGE);
    const after = ContinuationToken === undefined ? StartAfter : afterToken(ContinuationToken);
    const encoded = (text: string): string =>
      EncodingType === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+') : text;
    const entries = entriesOf([...bucket.objects.values()], { Prefix, Delimiter }).filter(({ name }) => name > after);
    const page = entries.slice(0, most);
    // Of no keys at all a page is never the first of several.
    const more = most > 0 && entries.length > page.length;
    return {
      Name: bucket.name,
      Prefix: encoded(Prefix),
      ...(Delimiter !== undefined && { Delimiter: encoded(Delimiter) }),
      ...(EncodingType && { EncodingType }),
      MaxKeys: most,
      KeyCount: page.length,
      IsTruncated: more,
      ...(StartAfter !== '' && { StartAfter: encoded(StartAfter) }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(more && { NextContinuationToken: tokenAfter(page.at(-1)?.name ?? '') }),
      Contents: page.flatMap(({ object }) => (object ? listed(object, encoded) : [])),
      CommonPrefixes: page.flatMap(({ object, name }) => (object ? [] : { Prefix: encoded(name) })),
    };
  },
});

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
  return [...entries.values()].sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)));
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
