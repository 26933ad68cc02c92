import { ledger } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { FunctionGrants } from '../../resources/permissions/statement.ts';
import { lookAround } from './look-around.ts';

/** functions/plans/ */
export function planGrants(scope: GrantScope): FunctionGrants {
  return { 'create-plan': [ledger(scope, 'Query', 'GetItem', 'BatchGetItem', 'PutItem'), ...lookAround(scope)] };
}
