import { hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/zones/ */
export function zoneGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const zones = hostedZones(scope);
  return {
    'check-delegation': [step, allow(zones, 'route53:GetHostedZone')],
  };
}
