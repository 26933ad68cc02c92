import type { IncomingHttpHeaders } from 'node:http';
import type { Header } from '../../internet/http-headers.ts';
import { s3 } from '../../wire/s3.ts';
import { AwsError, type Principal } from '../../wire/service.ts';
import { checkBucketPolicy } from './access.ts';
import type { StoredObject } from './bucket.ts';
import { accessDenied, noSuchBucket, noSuchKey } from './errors.ts';
import { bucketIn } from './names.ts';
import { partOf } from './part.ts';
import { isUnmodified } from './preconditions.ts';
import { KEY_BYTES } from './quotas.ts';
import type { BucketStore } from './store.ts';

/** What comes to the address of a bucket: "shop.s3.eu-west-1.amazonaws.com". */
export interface Asked {
  host: string;
  /** Still encoded: "/a/b.html". */
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
  principal: Principal;
  requestId: string;
}

export interface BucketAnswer {
  status: number;
  headers: Header[];
  body: Uint8Array;
}

export type AskBucket = (asked: Asked) => BucketAnswer;

/** The methods of an object's own address. Nothing is changed this way here. */
const ACTIONS: Record<string, string> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/** Answers what is asked at a bucket's own address, judged by the bucket's policy alone: by another AWS service, or by anyone. */
export function askBucket(store: BucketStore, now: () => Date): AskBucket {
  return (asked) => {
    const { method, headers, requestId } = asked;
    try {
      const object = find(store, asked);
      const conditions = {
        IfMatch: headers['if-match'],
        IfNoneMatch: headers['if-none-match'],
        IfModifiedSince: instant(headers['if-modified-since']),
        IfUnmodifiedSince: instant(headers['if-unmodified-since']),
      };
      if (isUnmodified(object, conditions)) return { status: 304, headers: of(object, now()), body: new Uint8Array() };
      const part = partOf(object, headers.range);
      const body = part ? object.body.subarray(part.first, part.last + 1) : object.body;
      return {
        status: part ? 206 : 200,
        headers: [
          ...of(object, now()),
          ['Content-Length', String(body.length)],
          ...(part ? ([['Content-Range', `bytes ${part.first}-${part.last}/${object.body.length}`]] as Header[]) : []),
        ],
        body: method === 'HEAD' ? new Uint8Array() : body,
      };
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      return refusal(thrown, { method, requestId, now: now() });
    }
  };
}

/** What is no date is no condition. Source: RFC 9110, section 13.1.3; checked 2026-11-30. */
function instant(text: string | undefined): Date | undefined {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Throws AccessDenied, also for what is absent unless the policy lets it be listed; NoSuchKey, NoSuchBucket, MethodNotAllowed. */
function find({ buckets }: BucketStore, { host, path, method, headers, principal }: Asked): StoredObject {
  const { bucket: name = host } = bucketIn(host) ?? {};
  const bucket = buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  if (method === 'OPTIONS') throw preflightRefusal(headers);
  const action = ACTIONS[method];
  if (action === undefined) {
    const message = 'The specified method is not allowed against this resource.';
    throw new AwsError('MethodNotAllowed', message, { status: 405, Method: method, ResourceType: 'OBJECT' });
  }
  const key = keyIn(path);
  checkBucketPolicy(bucket, { principal, action, key });
  if (action !== 's3:GetObject') throw accessDenied();
  const found = bucket.objects.get(key);
  if (found) return found;
  checkBucketPolicy(bucket, { principal, action: 's3:ListBucket' });
  throw noSuchKey(key);
}

/** Throws InvalidURI for what is not encoded as a path is, KeyTooLongError for what no object can be called. */
function keyIn(path: string): string {
  const key = decoded(path.slice(1));
  if (Buffer.byteLength(key) <= KEY_BYTES) return key;
  throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400, MaxSizeAllowed: KEY_BYTES });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { status: 400, URI: text });
  }
}

/** No bucket here has CORS rules. */
const preflightRefusal = ({ origin }: IncomingHttpHeaders): AwsError =>
  origin === undefined
    ? new AwsError('BadRequest', 'Insufficient information. Origin request header needed.', { status: 400 })
    : new AwsError('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', { status: 403 });

function of({ contentType, etag, lastModified, headers, metadata }: StoredObject, now: Date): Header[] {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage } = headers;
  const named = Object.entries({
    'Cache-Control': CacheControl,
    'Content-Disposition': ContentDisposition,
    'Content-Encoding': ContentEncoding,
    'Content-Language': ContentLanguage,
  });
  return [
    ['Content-Type', contentType],
    ['Date', now.toUTCString()],
    ['Last-Modified', lastModified.toUTCString()],
    ['ETag', etag],
    ['x-amz-server-side-encryption', 'AES256'],
    ...named.filter((header): header is Header => header[1] !== undefined),
    ...Object.entries(metadata).map(([name, value]): Header => [`x-amz-meta-${name}`, value]),
    ['Accept-Ranges', 'bytes'],
    ['Server', 'AmazonS3'],
  ];
}

function refusal(
  error: AwsError,
  { method, requestId, now }: { method: string; requestId: string; now: Date },
): BucketAnswer {
  const { code, message, status = 400, members } = error;
  const context = { requestId } as Parameters<typeof s3.encodeError>[1];
  const answer = s3.encodeError({ code, message, status, fault: 'client', members }, context);
  return {
    status,
    headers: [...Object.entries(answer.headers), ['date', now.toUTCString()]],
    body: method === 'HEAD' ? new Uint8Array() : Buffer.from(answer.body),
  };
}
