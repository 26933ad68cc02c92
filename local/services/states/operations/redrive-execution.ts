import type { RedriveExecutionInput, RedriveExecutionOutput } from '@aws-sdk/client-sfn';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { redriveOf } from '../machines/redrive.ts';
import type { World } from './world.ts';

/** Goes on from the states that failed or were cut short; what succeeded is not run again. */
export const redriveExecution = ({
  registry,
  host,
}: World): Operation<RedriveExecutionInput, RedriveExecutionOutput> => ({
  resources: ({ executionArn = '*' }) => [executionArn],
  run({ executionArn = '' }) {
    const execution = registry.execution(executionArn);
    const { redriveStatusReason } = redriveOf(execution, host.clock.now());
    if (redriveStatusReason !== undefined) throw new AwsError('ExecutionNotRedrivable', redriveStatusReason);
    execution.redrive();
    return { redriveDate: execution.redriveDate };
  },
});
