import { changeRecords, hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/zones/ */
export function zoneGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const zones = hostedZones(scope);
  return {
    'find-zone': [
      step,
      changeRecords(scope),
      anywhere('route53:ListHostedZones', 'route53:CreateHostedZone'),
      allow(
        zones,
        'route53:GetHostedZone',
        'route53:ListTagsForResource',
        'route53:ChangeTagsForResource',
        'route53:ListResourceRecordSets',
      ),
    ],
    'check-delegation': [step, allow(zones, 'route53:GetHostedZone')],
    'check-authorization': [step],
    // Route 53 knows no conditions on tags: the function compares the zone's caller reference.
    'remove-zone': [
      step,
      changeRecords(scope),
      anywhere('route53:ListHostedZones'),
      allow(zones, 'route53:GetHostedZone', 'route53:ListResourceRecordSets', 'route53:DeleteHostedZone'),
    ],
  };
}
