import { distributions } from '../../permissions/distribution-arns.ts';
import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, type Grant } from '../../permissions/statement.ts';

export function distributionDeployedPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope), allow(distributions(scope), 'cloudfront:GetDistribution')];
}
