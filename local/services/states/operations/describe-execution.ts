import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import { redriveOf } from '../machines/redrive.ts';
import type { World } from './world.ts';

export const describeExecution = ({
  registry,
  host,
}: World): Operation<DescribeExecutionInput, DescribeExecutionOutput> => ({
  resources: ({ executionArn = '*' }) => [executionArn],
  run({ executionArn = '', includedData }) {
    const execution = registry.execution(executionArn);
    const { ending, stopDate, redriveDate } = execution;
    const included = includedData !== 'METADATA_ONLY';
    const whole = { included };
    return {
      executionArn: execution.arn,
      stateMachineArn: execution.revision.stateMachineArn,
      name: execution.name,
      status: execution.status,
      startDate: execution.startDate,
      ...(stopDate ? { stopDate } : {}),
      ...(included ? { input: JSON.stringify(execution.input) } : {}),
      inputDetails: whole,
      ...(ending?.output === undefined
        ? {}
        : { ...(included ? { output: JSON.stringify(ending.output) } : {}), outputDetails: whole }),
      ...(ending?.error === undefined ? {} : { error: ending.error }),
      ...(ending?.cause === undefined ? {} : { cause: ending.cause }),
      redriveCount: execution.redriveCount,
      ...(redriveDate ? { redriveDate } : {}),
      ...redriveOf(execution, host.clock.now()),
    };
  },
});
