import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readChunks, type Unchunked } from './aws-chunked.ts';

/** The largest body that is read, packed or not; Lambda's 6 MB of payload is the most that a service here takes. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The body as it was sent; undefined when it is larger than `maxBytes`. */
export async function bodyOf(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as it was meant: SDKs pack large ones of some operations (CloudWatch's PutMetricData). Throws when it cannot be unpacked. */
export async function unpacked(sent: Buffer, headers: IncomingHttpHeaders): Promise<Unchunked> {
  if (isChunked(headers)) return readChunks(sent);
  const gzipped = headers['content-encoding'] === 'gzip' && !isForS3(headers);
  return {
    body: gzipped ? await promisify(gunzip)(sent, { maxOutputLength: MAX_BODY_BYTES }) : sent,
    trailers: {},
  };
}

/** What S3 is sent is an object as it is to be kept. */
const isForS3 = ({ authorization = '' }: IncomingHttpHeaders): boolean => authorization.includes('/s3/aws4_request');

const isChunked = (headers: IncomingHttpHeaders): boolean =>
  String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
