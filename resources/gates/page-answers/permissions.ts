import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import type { Grant } from '../../permissions/statement.ts';

export function pageAnswersPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope)];
}
