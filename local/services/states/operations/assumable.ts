import { evaluateResourcePolicy } from '../../../permissions/resource-policy.ts';
import { AwsError } from '../../../wire/service.ts';
import type { World } from './world.ts';

/** Throws AccessDeniedException for a role that is not there or does not let Step Functions assume it. The words: public logs of AWS. */
export function checkAssumable({ trustOf }: World, roleArn: string, machineArn: string): void {
  if (!trustOf) return;
  const verdict = evaluateResourcePolicy(trustOf(roleArn), {
    principal: { service: 'states.amazonaws.com', arn: machineArn },
    action: 'sts:AssumeRole',
    resource: roleArn,
    conditions: { 'aws:SourceArn': [machineArn], 'aws:SourceAccount': [machineArn.split(':')[4] ?? ''] },
  });
  if (verdict === 'allow') return;
  throw new AwsError(
    'AccessDeniedException',
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    { status: 400 },
  );
}
