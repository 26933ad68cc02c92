import { ALL, NONE, type Sent, some } from './sent.ts';

/** A managed cache policy: what is in the cache key, all of which is sent to the origin too. */
export interface ManagedCachePolicy {
  id: string;
  name: string;
  comment: string;
  /** In seconds. */
  ttl: { min: number; default: number; max: number };
  headers: Sent;
  cookies: Sent;
  query: Sent;
  gzip: boolean;
  brotli: boolean;
}

const YEAR = 31_536_000;
const DAY = 86_400;
const NAMED_BY_ORIGIN = some('origin', 'host', 'x-http-method', 'x-http-method-override', 'x-method-override');

/** Source: CloudFront Developer Guide, "Use managed cache policies"; checked 2026-11-29. */
export const CACHE_POLICIES: readonly ManagedCachePolicy[] = [
  {
    id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    name: 'Managed-CachingDisabled',
    comment: 'Policy with caching disabled',
    ttl: { min: 0, default: 0, max: 0 },
    headers: NONE,
    cookies: NONE,
    query: NONE,
    gzip: false,
    brotli: false,
  },
  {
    id: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    name: 'Managed-CachingOptimized',
    comment: 'Policy with caching enabled. Supports Gzip and Brotli compression.',
    ttl: { min: 1, default: DAY, max: YEAR },
    headers: NONE,
    cookies: NONE,
    query: NONE,
    gzip: true,
    brotli: true,
  },
  {
    id: 'b2884449-e4de-46a7-ac36-70bc7f1ddd6d',
    name: 'Managed-CachingOptimizedForUncompressedObjects',
    comment: 'Default policy when compression is disabled',
    ttl: { min: 1, default: DAY, max: YEAR },
    headers: NONE,
    cookies: NONE,
    query: NONE,
    gzip: false,
    brotli: false,
  },
  {
    id: '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
    name: 'Managed-UseOriginCacheControlHeaders',
    comment: 'Policy for origins that return Cache-Control headers. Query strings are not included in the cache key.',
    ttl: { min: 0, default: 0, max: YEAR },
    headers: NAMED_BY_ORIGIN,
    cookies: ALL,
    query: NONE,
    gzip: true,
    brotli: true,
  },
  {
    id: '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
    name: 'Managed-UseOriginCacheControlHeaders-QueryStrings',
    comment:
      'Policy for origins that return Cache-Control headers and serve different content based on values present in the query string.',
    ttl: { min: 0, default: 0, max: YEAR },
    headers: NAMED_BY_ORIGIN,
    cookies: ALL,
    query: ALL,
    gzip: true,
    brotli: true,
  },
];

export const managedCachePolicy = (id: string | undefined): ManagedCachePolicy | undefined =>
  CACHE_POLICIES.find((policy) => policy.id === id);
