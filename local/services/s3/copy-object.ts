import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { type MayList, onObject } from './access.ts';
import { bucketArn, type StoredObject } from './bucket.ts';
import { checksumBy } from './checksums.ts';
import { accessDenied, invalidArgument, noSuchKey } from './errors.ts';
import { checkSource, checkWrite } from './preconditions.ts';
import { checkOptions, checkSizes, headersIn, wholeSecond } from './put-object.ts';
import type { BucketStore } from './store.ts';
import { checkVersion } from './version-id.ts';

/** CopyObject: the bytes of one object under another key, with its metadata or, by REPLACE, with the request's. */
export const copyObject = (
  host: Host,
  store: BucketStore,
  mayList: MayList,
): Operation<CopyObjectRequest, CopyObjectOutput> => ({
  ...onObject,
  action: 's3:PutObject',
  dependents({ CopySource }) {
    const { bucket, key } = sourceIn(CopySource);
    return [{ action: 's3:GetObject', resources: [`${bucketArn(bucket)}/${key}`] }];
  },
  run(input, call) {
    const { Bucket, Key = '', Metadata = {}, ContentType = 'binary/octet-stream', ...rest } = input;
    const { MetadataDirective: directive = 'COPY', ChecksumAlgorithm: algorithm } = rest;
    const { objects } = store.get(Bucket, call);
    const { bucket, key, version } = sourceIn(rest.CopySource);
    if (directive !== 'COPY' && directive !== 'REPLACE') {
      throw invalidArgument('Unknown metadata directive.', 'x-amz-metadata-directive', directive);
    }
    checkOptions({ ...input, Key });
    const from = store.get(bucket, call);
    checkVersion(version);
    const source = from.objects.get(key);
    if (!source) throw mayList(from, call) ? noSuchKey(key) : accessDenied();
    const now = host.clock.now();
    checkSource(source, sourceConditions(input), now);
    const replaces = directive === 'REPLACE';
    // Whatever S3 can set of a copy, it can set of an object in its place; that it sets nothing is taken for a mistake.
    if (bucket === Bucket && key === Key && !replaces && !input.StorageClass && !input.ServerSideEncryption) {
      throw toItself();
    }
    checkSizes(Key, replaces ? Metadata : source.metadata);
    checkWrite(objects.get(Key), input);
    const made: StoredObject = {
      ...source,
      key: Key,
      lastModified: wholeSecond(now),
      ...(replaces && { contentType: ContentType, headers: headersIn({ ...input, Key }), metadata: Metadata }),
      ...(algorithm && { checksum: checksumBy(algorithm, source.body) }),
    };
    objects.set(Key, made);
    return {
      CopyObjectResult: {
        ETag: made.etag,
        LastModified: made.lastModified,
        ChecksumType: 'FULL_OBJECT',
        ...made.checksum,
      },
      ServerSideEncryption: 'AES256',
    };
  },
});

const sourceConditions = (input: CopyObjectRequest) => ({
  IfMatch: input.CopySourceIfMatch,
  IfNoneMatch: input.CopySourceIfNoneMatch,
  IfModifiedSince: input.CopySourceIfModifiedSince,
  IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
});

/** "bucket/key" or "/bucket/key", encoded, perhaps with "?versionId=…". Throws InvalidArgument. */
function sourceIn(given = ''): { bucket: string; key: string; version?: string } {
  const [, path = '', version] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(given) ?? [];
  const [, bucket = '', key = ''] = /^([^/]+)\/(.+)$/s.exec(decoded(path)) ?? [];
  if (bucket !== '') return { bucket, key, ...(version !== undefined && { version }) };
  const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
  throw invalidArgument(message, 'x-amz-copy-source', given);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const toItself = (): AwsError =>
  new AwsError(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    { status: 400 },
  );
