import type { GrantScope } from './scope.ts';

/** The distributions of the account: CloudFront is one for all regions. */
export function distributions({ partition, account }: GrantScope): string[] {
  return [`arn:${partition}:cloudfront::${account}:distribution/*`];
}
