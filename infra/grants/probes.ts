import { ledger, ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { Grant } from '../../resources/permissions/statement.ts';
import { anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';

/**
 * functions/probes/: they look at the site from outside, which no policy has a say in, and read what of its edge another
 * tool has removed.
 */
export function probeGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  return { preflight: [step, readingEdgeRemovals()], 'probe-site': [step, readingEdgeRemovals()] };
}

/** functions/checks/: the doctor of our own sites, which writes nothing. */
export function checkGrants(scope: GrantScope): FunctionGrants {
  return { 'check-site': [ledger(scope, 'Query'), readingEdgeRemovals()] };
}

/** What `readEdgeRemovals` reads, in every step that waits for the edge. */
export const readingEdgeRemovals = (): Grant =>
  anywhere(
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeTargetHealth',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeInstances',
    'ec2:DescribeAddresses',
  );
