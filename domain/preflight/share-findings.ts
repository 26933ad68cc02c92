import { type Reached, whyReached } from '../tenants/share.ts';
import type { PreflightFinding } from './finding.ts';

/** The tenant's shares of the account that the site would exceed. How many operations are open changes by the minute. */
export function shareFindings(reached: readonly Reached[]): PreflightFinding[] {
  return reached
    .filter(({ limited }) => limited !== 'operations')
    .map((limit) => ({ severity: 'error', check: 'tenantShareReached', message: whyReached(limit) }));
}
