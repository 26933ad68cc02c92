import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import type { FunctionRoles } from './deps.ts';
import { invalidParameter } from './limits.ts';

/** Refuses a role that isn't there or whose trust policy does not let Lambda assume it. */
export function checkAssumable({ trustOf }: FunctionRoles, roleArn: string, functionArn: string): void {
  if (!trustOf) return;
  const verdict = evaluateResourcePolicy(trustOf(roleArn), {
    principal: { service: 'lambda.amazonaws.com', arn: functionArn },
    action: 'sts:AssumeRole',
    resource: roleArn,
    conditions: { 'aws:SourceArn': [functionArn], 'aws:SourceAccount': [functionArn.split(':')[4] ?? ''] },
  });
  if (verdict !== 'allow') throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
}
