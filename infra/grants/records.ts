import { changeRecords, hostedZones, recordChanges } from '../../resources/permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/records/ */
export function recordGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const zones = hostedZones(scope);
  const changes = recordChanges(scope);
  return {
    'check-records': [step, allow(zones, 'route53:ListResourceRecordSets')],
    'point-records': [step, allow(zones, 'route53:ListResourceRecordSets'), changeRecords(scope)],
    'await-sync': [step, allow(changes, 'route53:GetChange'), allow(zones, 'route53:ListResourceRecordSets')],
    'remove-records': [
      step,
      anywhere(
        'route53:ListHostedZones',
        'ec2:DescribeAddresses',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(zones, 'route53:ListResourceRecordSets'),
      changeRecords(scope),
    ],
    'await-removal': [step, allow(changes, 'route53:GetChange')],
  };
}
