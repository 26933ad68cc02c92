import { recordChanges } from '../../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, type Grant } from '../../permissions/statement.ts';

export function recordsRemovedPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope), allow(recordChanges(scope), 'route53:GetChange')];
}
