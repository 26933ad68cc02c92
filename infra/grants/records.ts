import { hostedZones, recordChanges } from '../../resources/permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/records/ */
export function recordGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const zones = hostedZones(scope);
  const changes = recordChanges(scope);
  return {
    'await-sync': [step, allow(changes, 'route53:GetChange'), allow(zones, 'route53:ListResourceRecordSets')],
    'await-removal': [step, allow(changes, 'route53:GetChange')],
  };
}
