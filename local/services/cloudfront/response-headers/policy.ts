import type { ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';
import type { CloudFront } from '../cloudfront.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { noSuchResponseHeadersPolicy } from '../errors.ts';
import { MANAGED_POLICIES } from './managed.ts';

/** Which headers CloudFront adds to answers, and which it removes. */
export interface ResponseHeadersPolicy {
  id: string;
  etag: string;
  modifiedAt: Date;
  /** One of AWS's own, which are never changed. */
  managed?: true;
  config: ResponseHeadersPolicyConfig;
}

export function findPolicy(cloudFront: CloudFront, id: string | undefined): ResponseHeadersPolicy | undefined {
  return cloudFront.responseHeadersPolicies.get(id ?? '') ?? MANAGED_POLICIES.find((policy) => policy.id === id);
}

/** Throws NoSuchResponseHeadersPolicy. */
export function policyOf(cloudFront: CloudFront, id: string | undefined): ResponseHeadersPolicy {
  const found = findPolicy(cloudFront, id);
  if (!found) throw noSuchResponseHeadersPolicy();
  return found;
}

/** The distributions with a behavior that it is attached to, in the configuration that is deployed or on its way. */
export const usersOf = ({ distributions }: CloudFront, id: string): Distribution[] =>
  [...distributions.values()].filter(({ config }) =>
    [config.DefaultCacheBehavior, ...(config.CacheBehaviors.Items ?? [])].some(
      (behavior) => behavior?.ResponseHeadersPolicyId === id,
    ),
  );
