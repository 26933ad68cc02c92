import { hostedZones, recordChanges } from '../../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, type Grant } from '../../permissions/statement.ts';

export function recordsSyncedPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    allow(recordChanges(scope), 'route53:GetChange'),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
  ];
}
