import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import {
  invalidArgument,
  noSuchCachePolicy,
  noSuchOriginRequestPolicy,
  noSuchResponseHeadersPolicy,
  required,
} from '../errors.ts';
import { managedCachePolicy } from '../policies/cache-policies.ts';
import { managedOriginRequestPolicy } from '../policies/origin-request-policies.ts';
import { BEHAVIORS_PER_DISTRIBUTION } from '../quotas.ts';

/** The three sets that a behavior may allow. Source: SDK types of client-cloudfront 3.1164.0, AllowedMethods; checked 2026-11-29. */
const METHOD_SETS = [
  ['GET', 'HEAD'],
  ['GET', 'HEAD', 'OPTIONS'],
  ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
];

/** Settings from before cache policies; the two kinds never mix. */
const LEGACY = ['ForwardedValues', 'MinTTL', 'DefaultTTL', 'MaxTTL'] as const;

/** What the account has that a behavior may name. */
interface Around {
  isHeadersPolicy(id: string): boolean;
  /** Throws for a function that the behavior cannot have. */
  checkFunctions(behavior: DefaultCacheBehavior): void;
}

/** Throws for a cache behavior that CloudFront would not take. */
export function checkBehaviors(config: DistributionConfig, around: Around): void {
  const others = config.CacheBehaviors?.Items ?? [];
  if (others.length > BEHAVIORS_PER_DISTRIBUTION) {
    throw new AwsError('TooManyCacheBehaviors', 'You cannot create more cache behaviors for the distribution.');
  }
  const patterns = others.map(({ PathPattern }) => PathPattern);
  if (new Set(patterns).size < patterns.length) {
    throw invalidArgument('The parameter PathPattern must be unique in the distribution.');
  }
  const targets = new Set(
    [...(config.Origins?.Items ?? []), ...(config.OriginGroups?.Items ?? [])].map(({ Id }) => Id),
  );
  for (const behavior of [config.DefaultCacheBehavior as DefaultCacheBehavior, ...others]) {
    checkBehavior(behavior, around);
    if (!targets.has(behavior.TargetOriginId)) {
      throw new AwsError('NoSuchOrigin', 'One or more of your origins or origin groups do not exist.');
    }
  }
}

function checkBehavior(behavior: DefaultCacheBehavior | CacheBehavior, around: Around): void {
  checkPolicies(behavior, around);
  around.checkFunctions(behavior);
  const allowed = behavior.AllowedMethods?.Items;
  if (allowed && !METHOD_SETS.some((set) => isSame(set, allowed))) {
    throw invalidArgument('The parameter AllowedMethods is not valid.');
  }
  const cached = behavior.AllowedMethods?.CachedMethods?.Items;
  if (cached && !METHOD_SETS.slice(0, 2).some((set) => isSame(set, cached))) {
    throw invalidArgument('The parameter CachedMethods is not valid.');
  }
}

function checkPolicies(behavior: DefaultCacheBehavior, { isHeadersPolicy }: Around): void {
  const { CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId } = behavior;
  if (!CachePolicyId) {
    if (OriginRequestPolicyId) {
      throw invalidArgument('The parameter OriginRequestPolicy cannot be used without a cache policy.');
    }
    throw required('ForwardedValues');
  }
  const legacy = LEGACY.find((name) => behavior[name] !== undefined);
  if (legacy) {
    throw invalidArgument(
      `The parameter ${legacy} cannot be used when a cache policy is associated to the cache behavior.`,
    );
  }
  if (!managedCachePolicy(CachePolicyId)) {
    throw noSuchCachePolicy();
  }
  if (OriginRequestPolicyId && !managedOriginRequestPolicy(OriginRequestPolicyId)) {
    throw noSuchOriginRequestPolicy();
  }
  if (ResponseHeadersPolicyId && !isHeadersPolicy(ResponseHeadersPolicyId)) throw noSuchResponseHeadersPolicy();
}

const isSame = (set: readonly string[], given: readonly string[]): boolean =>
  set.length === given.length && set.every((one) => given.includes(one));
