import type { StopExecutionInput, StopExecutionOutput } from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import type { World } from './world.ts';

/** An execution that has ended already stays as it is. */
export const stopExecution = ({ registry, host }: World): Operation<StopExecutionInput, StopExecutionOutput> => ({
  resources: ({ executionArn = '*' }) => [executionArn],
  run({ executionArn = '', error, cause }) {
    const execution = registry.execution(executionArn);
    execution.end({ status: 'ABORTED', error, cause });
    return { stopDate: execution.stopDate ?? host.clock.now() };
  },
});
