import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { anywhere, type Grant } from '../../permissions/statement.ts';

export function instanceRunningPermissions(scope: GrantScope): Grant[] {
  return [ledgerOfStep(scope), anywhere('ec2:DescribeInstances')];
}
