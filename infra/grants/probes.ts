import { ledgerOfStep } from './ledger.ts';
import type { GrantScope } from './scope.ts';
import type { FunctionGrants } from './statement.ts';

/** functions/probes/: they look at the site from outside, which no policy has a say in. */
export function probeGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  return { preflight: [step], 'probe-site': [step] };
}
