import type {
  CachePolicy,
  CachePolicyConfig,
  GetCachePolicyConfigRequest,
  GetCachePolicyConfigResult,
  GetCachePolicyRequest,
  GetCachePolicyResult,
  GetOriginRequestPolicyConfigRequest,
  GetOriginRequestPolicyConfigResult,
  GetOriginRequestPolicyRequest,
  GetOriginRequestPolicyResult,
  ListCachePoliciesRequest,
  ListCachePoliciesResult,
  ListOriginRequestPoliciesRequest,
  ListOriginRequestPoliciesResult,
  OriginRequestPolicy,
  OriginRequestPolicyConfig,
} from '@aws-sdk/client-cloudfront';
import type { Call, Operation } from '../../../wire/service.ts';
import { invalidArgument, noSuchCachePolicy, noSuchOriginRequestPolicy } from '../errors.ts';
import { page } from '../page.ts';
import { CACHE_POLICIES, type ManagedCachePolicy, managedCachePolicy } from './cache-policies.ts';
import {
  type ManagedOriginRequestPolicy,
  managedOriginRequestPolicy,
  ORIGIN_REQUEST_POLICIES,
} from './origin-request-policies.ts';
import { shownHeaders, shownNames } from './shown.ts';

/** AWS's own are never changed. */
const ETAG = 'E23ZP02F085DFQ';
const MADE_AT = new Date('2020-07-14T00:00:00Z');

const arnOf =
  (type: 'cache-policy' | 'origin-request-policy') =>
  ({ Id = '*' }: { Id?: string | undefined }, { account }: Call): string[] => [
    `arn:aws:cloudfront::${account}:${type}/${Id}`,
  ];

function cachePolicyConfig(policy: ManagedCachePolicy): CachePolicyConfig {
  const { ttl, headers, cookies, query } = policy;
  return {
    Name: policy.name,
    Comment: policy.comment,
    MinTTL: ttl.min,
    DefaultTTL: ttl.default,
    MaxTTL: ttl.max,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: policy.gzip,
      EnableAcceptEncodingBrotli: policy.brotli,
      HeadersConfig: {
        HeaderBehavior: headers.which === 'none' ? 'none' : 'whitelist',
        ...shownNames('Headers', headers),
      },
      CookiesConfig: { CookieBehavior: cookies.which === 'all' ? 'all' : 'none' },
      QueryStringsConfig: { QueryStringBehavior: query.which === 'all' ? 'all' : 'none' },
    },
  };
}

function originRequestPolicyConfig(policy: ManagedOriginRequestPolicy): OriginRequestPolicyConfig {
  return {
    Name: policy.name,
    Comment: policy.comment,
    HeadersConfig: shownHeaders(policy),
    CookiesConfig: { CookieBehavior: policy.cookies.which === 'all' ? 'all' : 'none' },
    QueryStringsConfig: { QueryStringBehavior: policy.query.which === 'all' ? 'all' : 'none' },
  };
}

const cachePolicy = (policy: ManagedCachePolicy): CachePolicy => ({
  Id: policy.id,
  LastModifiedTime: MADE_AT,
  CachePolicyConfig: cachePolicyConfig(policy),
});

const originRequestPolicy = (policy: ManagedOriginRequestPolicy): OriginRequestPolicy => ({
  Id: policy.id,
  LastModifiedTime: MADE_AT,
  OriginRequestPolicyConfig: originRequestPolicyConfig(policy),
});

function findCachePolicy(id: string | undefined): ManagedCachePolicy {
  const found = managedCachePolicy(id);
  if (!found) throw noSuchCachePolicy();
  return found;
}

function findOriginRequestPolicy(id: string | undefined): ManagedOriginRequestPolicy {
  const found = managedOriginRequestPolicy(id);
  if (!found) throw noSuchOriginRequestPolicy();
  return found;
}

/** A page of the managed policies; there are no custom ones. */
function pageOf<Policy extends { id: string }>(
  all: readonly Policy[],
  { Type, Marker, MaxItems }: ListCachePoliciesRequest,
): { items: Policy[]; size: number; next: string | undefined } {
  if (Type !== undefined && Type !== 'managed' && Type !== 'custom') {
    throw invalidArgument('The parameter Type is not valid.');
  }
  return page(Type === 'custom' ? [] : all, { Marker, MaxItems, idOf: ({ id }) => id });
}

export const getCachePolicy = (): Operation<GetCachePolicyRequest, GetCachePolicyResult> => ({
  resources: arnOf('cache-policy'),
  run: ({ Id }) => ({ CachePolicy: cachePolicy(findCachePolicy(Id)), ETag: ETAG }),
});

export const getCachePolicyConfig = (): Operation<GetCachePolicyConfigRequest, GetCachePolicyConfigResult> => ({
  resources: arnOf('cache-policy'),
  run: ({ Id }) => ({ CachePolicyConfig: cachePolicyConfig(findCachePolicy(Id)), ETag: ETAG }),
});

export const listCachePolicies = (): Operation<ListCachePoliciesRequest, ListCachePoliciesResult> => ({
  run(input) {
    const { items, size, next } = pageOf(CACHE_POLICIES, input);
    return {
      CachePolicyList: {
        MaxItems: size,
        Quantity: items.length,
        ...(next !== undefined && { NextMarker: next }),
        Items: items.map((policy) => ({ Type: 'managed', CachePolicy: cachePolicy(policy) })),
      },
    };
  },
});

export const getOriginRequestPolicy = (): Operation<GetOriginRequestPolicyRequest, GetOriginRequestPolicyResult> => ({
  resources: arnOf('origin-request-policy'),
  run: ({ Id }) => ({ OriginRequestPolicy: originRequestPolicy(findOriginRequestPolicy(Id)), ETag: ETAG }),
});

export const getOriginRequestPolicyConfig = (): Operation<
  GetOriginRequestPolicyConfigRequest,
  GetOriginRequestPolicyConfigResult
> => ({
  resources: arnOf('origin-request-policy'),
  run: ({ Id }) => ({ OriginRequestPolicyConfig: originRequestPolicyConfig(findOriginRequestPolicy(Id)), ETag: ETAG }),
});

export const listOriginRequestPolicies = (): Operation<
  ListOriginRequestPoliciesRequest,
  ListOriginRequestPoliciesResult
> => ({
  run(input) {
    const { items, size, next } = pageOf(ORIGIN_REQUEST_POLICIES, input);
    return {
      OriginRequestPolicyList: {
        MaxItems: size,
        Quantity: items.length,
        ...(next !== undefined && { NextMarker: next }),
        Items: items.map((policy) => ({ Type: 'managed', OriginRequestPolicy: originRequestPolicy(policy) })),
      },
    };
  },
});
