import { ledger } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { FunctionGrants } from '../../resources/permissions/statement.ts';
import { askSurvey, lookAround } from './look-around.ts';

/** functions/plans/ */
export function planGrants(scope: GrantScope): FunctionGrants {
  return {
    'create-plan': [ledger(scope, 'Query', 'GetItem', 'BatchGetItem', 'PutItem'), askSurvey(scope)],
    // A plan is compared with the account as it is when it is applied.
    // What others attached to the site's resources is read before anything is removed.
    'survey-removal': [ledger(scope, 'Query', 'GetItem'), ...lookAround(scope)],
    'survey-account': [ledger(scope, 'Query', 'GetItem'), ...lookAround(scope)],
  };
}
