import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import { type ManagedCachePolicy, managedCachePolicy } from './cache-policies.ts';
import { managedOriginRequestPolicy } from './origin-request-policies.ts';
import { includes } from './sent.ts';

/** What of a viewer's request reaches the origin. */
export interface RequestPolicy {
  cache: ManagedCachePolicy;
  /** The CloudFront-* headers are added. */
  aboutViewer: boolean;
  sendsHeader(name: string): boolean;
  sendsCookie(name: string): boolean;
  sendsQuery(name: string): boolean;
}

/**
 * Both policies of a behavior together. What is in the cache key travels to the origin, also where the origin request policy
 * leaves it out. Source: CloudFront Developer Guide, "Understand how origin request policies and cache policies work
 * together"; checked 2026-11-29.
 */
export function requestPolicyOf({ CachePolicyId, OriginRequestPolicyId }: DefaultCacheBehavior): RequestPolicy {
  const cache = managedCachePolicy(CachePolicyId);
  if (!cache) throw new RangeError(`Cannot serve by cache policy "${CachePolicyId}": it does not exist`);
  const origin = managedOriginRequestPolicy(OriginRequestPolicyId);
  const either = (part: 'headers' | 'cookies' | 'query', name: string, ignoreCase: boolean): boolean =>
    includes(cache[part], name, { ignoreCase }) || (!!origin && includes(origin[part], name, { ignoreCase }));
  return {
    cache,
    aboutViewer: origin?.aboutViewer ?? false,
    sendsHeader: (name) => either('headers', name, true),
    sendsCookie: (name) => either('cookies', name, false),
    sendsQuery: (name) => either('query', name, false),
  };
}
