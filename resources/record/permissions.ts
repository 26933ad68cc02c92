import { changeRecords, hostedZones } from '../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function recordPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
    changeRecords(scope),
    // Every zone that may hold a record of the site, and where one may lead.
    anywhere(
      'route53:ListHostedZones',
      'ec2:DescribeAddresses',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTags',
    ),
  ];
}
