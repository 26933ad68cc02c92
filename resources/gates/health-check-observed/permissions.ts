import { healthChecks } from '../../permissions/health-checks.ts';
import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, type Grant } from '../../permissions/statement.ts';

export function healthCheckObservedPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope), allow(healthChecks(scope), 'route53:GetHealthCheckStatus')];
}
