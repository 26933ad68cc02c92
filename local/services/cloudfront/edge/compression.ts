import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliCompress, createGzip } from 'node:zlib';
import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { Header } from '../../../internet/http-headers.ts';
import type { Errand } from '../origin/errand.ts';

// Source for all: CloudFront Developer Guide, "Serve compressed files"; checked 2026-11-30.
const BYTES = { min: 1_000, max: 10_000_000 };
const STATUSES = [200, 403, 404];
const TYPES =
  /^(text\/(css|csv|html|javascript|js|plain|richtext|tab-separated-values|xml|x-component|x-java-source|x-script)|font\/(eot|opentype|otf|ttf)|image\/svg\+xml|vnd\.apple\.mpegurl|application\/(dash\+xml|eot|font|font-sfnt|javascript|json|opentype|otf|pdf|pkcs7-mime|protobuf|rss\+xml|truetype|ttf|vnd\.apple\.mpegurl|vnd\.mapbox-vector-tile|vnd\.ms-fontobject|wasm|xhtml\+xml|xml|x-font-(opentype|truetype|ttf)|x-httpd-cgi|x-javascript|x-mpegurl|x-opentype|x-otf|x-perl|x-ttf))$/i;

export interface Compression {
  /** The answer's own, as they are with the body compressed. */
  headers: Header[];
  compress(): Transform;
}

/** How an origin's answer is compressed for its viewer; undefined where it goes on as it came. */
export function compressionOf(
  { exchange: { request }, policy: { cache }, method, behavior }: Errand,
  incoming: IncomingMessage,
  {
    status,
    headers,
    pageBehavior,
  }: { status: number; headers: Header[]; pageBehavior?: DefaultCacheBehavior | undefined },
): Compression | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const length = Number(incoming.headers['content-length'] ?? 0);
  const [type = ''] = String(incoming.headers['content-type'] ?? '').split(';');
  const encoding =
    cache.brotli && /\bbr\b/.test(accepted) ? 'br' : cache.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  const isCompressed =
    encoding !== undefined &&
    (pageBehavior ?? behavior).Compress === true &&
    // Nothing is compressed that is not kept.
    cache.ttl.max > 0 &&
    method === 'GET' &&
    request.httpVersion !== '1.0' &&
    STATUSES.includes(status) &&
    incoming.headers['content-encoding'] === undefined &&
    TYPES.test(type.trim()) &&
    length >= BYTES.min &&
    length <= BYTES.max;
  if (!isCompressed) return undefined;
  return {
    headers: [
      ...headers.filter(([name]) => !/^(content-length|accept-ranges)$/i.test(name)).map(weakened),
      ['Content-Encoding', encoding],
      ['Vary', 'Accept-Encoding'],
    ],
    compress: () => (encoding === 'br' ? createBrotliCompress() : createGzip()),
  };
}

/** What is compressed is the same object, but not byte for byte. */
const weakened = ([name, value]: Header): Header =>
  name.toLowerCase() === 'etag' && !value.startsWith('W/') ? [name, `W/${value}`] : [name, value];
