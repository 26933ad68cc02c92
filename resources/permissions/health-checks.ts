import type { GrantScope } from './scope.ts';

/** The health checks of the account: Route 53 is one for all regions, and knows no conditions on their tags. */
export function healthChecks({ partition }: GrantScope): string[] {
  return [`arn:${partition}:route53:::healthcheck/*`];
}
