import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { usersOf as usersOfFunction } from '../functions/function.ts';
import { DISTRIBUTIONS_PER_ACCESS_CONTROL, DISTRIBUTIONS_PER_FUNCTION, DISTRIBUTIONS_PER_POLICY } from '../quotas.ts';
import { usersOf as usersOfPolicy } from '../response-headers/policy.ts';

/** Throws where a function, a headers policy or an access control of a configuration has as many other distributions as it may have. */
export function checkShares(cloudFront: CloudFront, config: DistributionConfig): void {
  const behaviors = [config.DefaultCacheBehavior, ...(config.CacheBehaviors?.Items ?? [])];
  const shares = [
    {
      ids: behaviors.flatMap((each) => each?.FunctionAssociations?.Items?.map(({ FunctionARN }) => FunctionARN) ?? []),
      users: (arn: string) => usersOfFunction(cloudFront, arn),
      most: DISTRIBUTIONS_PER_FUNCTION,
      code: 'TooManyDistributionsWithSingleFunctionARN',
      what: 'CloudFront function',
    },
    {
      // AWS's own count for no account.
      ids: behaviors
        .map((each) => each?.ResponseHeadersPolicyId)
        .filter((id) => cloudFront.responseHeadersPolicies.has(id ?? '')),
      users: (id: string) => usersOfPolicy(cloudFront, id),
      most: DISTRIBUTIONS_PER_POLICY,
      code: 'TooManyDistributionsAssociatedToResponseHeadersPolicy',
      what: 'response headers policy',
    },
    {
      ids: (config.Origins?.Items ?? []).map(({ OriginAccessControlId }) => OriginAccessControlId),
      users: (id: string) =>
        [...cloudFront.distributions.values()].filter((each) =>
          each.config.Origins.Items?.some(({ OriginAccessControlId }) => OriginAccessControlId === id),
        ),
      most: DISTRIBUTIONS_PER_ACCESS_CONTROL,
      code: 'TooManyDistributionsAssociatedToOriginAccessControl',
      what: 'origin access control',
    },
  ];
  for (const { ids, users, most, code, what } of shares) {
    for (const id of new Set(ids)) {
      // The reference is all that a new distribution and a known one are both told by.
      const others = id ? users(id).filter((each) => each.config.CallerReference !== config.CallerReference) : [];
      if (others.length < most) continue;
      throw new AwsError(code, `The maximum number of distributions have been associated with the specified ${what}.`);
    }
  }
}
