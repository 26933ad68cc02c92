import { hostedZones } from '../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/** The one function that writes NS records. */
export function delegationPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    // Route 53 Domains knows neither resources nor conditions.
    anywhere(
      'route53:ListHostedZones',
      'route53domains:GetDomainDetail',
      'route53domains:GetOperationDetail',
      'route53domains:UpdateDomainNameservers',
    ),
    allow(hostedZones(scope), 'route53:GetHostedZone', 'route53:ListTagsForResource', 'route53:ListResourceRecordSets'),
    {
      actions: ['route53:ChangeResourceRecordSets'],
      resources: hostedZones(scope),
      conditions: {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
          'route53:ChangeResourceRecordSetsRecordTypes': ['NS'],
        },
        // An absent key passes ForAllValues; see the IAM guide on multivalued context keys.
        Null: { 'route53:ChangeResourceRecordSetsActions': 'false' },
      },
    },
  ];
}
