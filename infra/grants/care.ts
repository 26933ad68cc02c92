import { ledger, ledgerOfList } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/care/: what looks at live sites, and tells people what stands. */
export function careGrants(scope: GrantScope): FunctionGrants {
  return {
    'list-alerts': [ledgerOfList(scope)],
    'list-certificates': [ledgerOfList(scope)],
    'acknowledge-alert': [ledger(scope, 'GetItem', 'PutItem')],
  };
}
