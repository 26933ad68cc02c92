import type { IncomingHttpHeaders } from 'node:http';
import { pairs } from '../../../internet/http-headers.ts';
import { ERROR_CODES } from '../config/error-responses.ts';
import type { Errand } from '../origin/errand.ts';
import { includes } from '../policies/sent.ts';
import type { CacheKey } from './cache.ts';
import type { Served } from './edge-location.ts';

/** How long an error is kept where the distribution says nothing. Source: developer guide, "ErrorCachingMinTTL"; checked 2026-11-29. */
const ERROR_SECONDS = 10;

/** What an answer is kept under; undefined where nothing is kept. */
export function cacheKeyOf(errand: Errand, { distribution }: Served): string | undefined {
  const { policy, method, exchange, behavior, target } = errand;
  const { cache } = policy;
  const methods = behavior.AllowedMethods?.CachedMethods?.Items ?? [];
  if (cache.ttl.max === 0 || !methods.some((one) => one === method) || exchange.upgrade) return undefined;
  const { request } = exchange;
  const headers = pairs(request.rawHeaders)
    .map(([name, value]) => [name.toLowerCase() === ':authority' ? 'host' : name.toLowerCase(), value] as const)
    .filter(([name]) => includes(cache.headers, name, { ignoreCase: true }));
  const encodings = String(request.headers['accept-encoding'] ?? '');
  const parts: CacheKey = [
    distribution.id,
    method,
    target.path,
    includes(cache.query, '') ? target.query : '',
    headers,
    includes(cache.cookies, '') ? request.headers.cookie : undefined,
    cache.gzip && /\bgzip\b/.test(encodings),
    cache.brotli && /\bbr\b/.test(encodings),
  ];
  return JSON.stringify(parts);
}

/**
 * How many seconds an answer is kept: what it says of itself, within the bounds of the cache policy.
 * Source: CloudFront Developer Guide, "Manage how long content stays in the cache"; checked 2026-11-29.
 */
export function secondsToKeep(
  { policy, config }: Errand,
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
): number {
  const { ttl } = policy.cache;
  if (ERROR_CODES.includes(status)) return Math.max(secondsToKeepError(config, status), statedSeconds(headers) ?? 0);
  // 206 and 304 answer one viewer's range or condition: neither is the object.
  if (![200, 203, 204, 300, 301, 302, 307, 308].includes(status)) return 0;
  const control = String(headers['cache-control'] ?? '');
  if (/\b(no-store|no-cache|private)\b/i.test(control)) return ttl.min;
  return Math.min(Math.max(statedSeconds(headers) ?? ttl.default, ttl.min), ttl.max);
}

/** How many seconds an error is kept at least, with the page that stands for it. */
export function secondsToKeepError({ CustomErrorResponses: responses }: Errand['config'], status: number): number {
  return responses.Items?.find(({ ErrorCode }) => ErrorCode === status)?.ErrorCachingMinTTL ?? ERROR_SECONDS;
}

function statedSeconds(headers: IncomingHttpHeaders): number | undefined {
  const control = String(headers['cache-control'] ?? '');
  const age = /\bs-maxage=(\d+)/i.exec(control) ?? /\bmax-age=(\d+)/i.exec(control);
  if (age) return Number(age[1]);
  const expires = Date.parse(String(headers.expires ?? ''));
  const date = Date.parse(String(headers.date ?? ''));
  return Number.isNaN(expires) || Number.isNaN(date) ? undefined : Math.max(0, (expires - date) / 1000);
}
