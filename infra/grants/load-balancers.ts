import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { FunctionGrants } from '../../resources/permissions/statement.ts';
import { readingEdgeRemovals } from './probes.ts';

/** functions/load-balancers/ */
export function loadBalancerGrants(scope: GrantScope): FunctionGrants {
  return { 'await-load-balancer': [ledgerOfStep(scope), readingEdgeRemovals()] };
}
