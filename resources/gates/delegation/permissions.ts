import { hostedZones } from '../../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, type Grant } from '../../permissions/statement.ts';

export function delegationPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope), allow(hostedZones(scope), 'route53:GetHostedZone')];
}
