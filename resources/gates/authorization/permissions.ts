import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import type { Grant } from '../../permissions/statement.ts';

/** It asks DNS, which no policy has a say in. */
export function authorizationPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope)];
}
