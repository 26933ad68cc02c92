import { healthChecks } from '../permissions/health-checks.ts';
import { hostedZones } from '../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function healthCheckPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    anywhere('route53:ListHealthChecks', 'route53:CreateHealthCheck', 'route53:ListHostedZones'),
    // Route 53 knows no conditions on tags: the caller reference is compared before a check is changed or deleted.
    allow(
      healthChecks(scope),
      'route53:ListTagsForResource',
      'route53:ChangeTagsForResource',
      'route53:UpdateHealthCheck',
      'route53:DeleteHealthCheck',
    ),
    // Whether a record uses it.
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
  ];
}
