import { ledger } from './ledger.ts';
import { lookAround } from './look-around.ts';
import type { GrantScope } from './scope.ts';
import type { FunctionGrants } from './statement.ts';

/** functions/plans/ */
export function planGrants(scope: GrantScope): FunctionGrants {
  return { 'create-plan': [ledger(scope, 'Query', 'GetItem', 'BatchGetItem', 'PutItem'), ...lookAround(scope)] };
}
