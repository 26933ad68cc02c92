import type { EdgeRemoval } from '../load-balancers/edge-removals.ts';
import { type Finding, finding } from './finding.ts';

/** What of a live site's own resources is missing or changed, such as a rule of its security group. */
export function resourceFindings(removals: readonly EdgeRemoval[]): Finding[] {
  return removals.map(({ what, calls }) =>
    finding('resourceMissing', {
      message: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
      evidence: [`changed by another tool or person; CloudTrail has the call: ${calls.join(' or ')}`],
    }),
  );
}
