import { changeRecords, hostedZones } from '../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function hostedZonePermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    changeRecords(scope),
    anywhere('route53:ListHostedZones', 'route53:CreateHostedZone'),
    // Route 53 knows no conditions on tags: the caller reference is compared before a zone is deleted.
    allow(
      hostedZones(scope),
      'route53:GetHostedZone',
      'route53:ListTagsForResource',
      'route53:ChangeTagsForResource',
      'route53:ListResourceRecordSets',
      'route53:DeleteHostedZone',
    ),
  ];
}
