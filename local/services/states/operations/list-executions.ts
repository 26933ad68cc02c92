import type { ExecutionListItem, ListExecutionsInput, ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Execution } from '../execution/execution.ts';
import { page } from './page.ts';
import type { World } from './world.ts';

/** The latest first. */
export const listExecutions = ({ registry }: World): Operation<ListExecutionsInput, ListExecutionsOutput> => ({
  resources: ({ stateMachineArn = '*' }) => [stateMachineArn],
  run(input) {
    const { stateMachineArn, statusFilter, redriveFilter } = input;
    if (stateMachineArn === undefined) {
      throw new AwsError(
        'ValidationException',
        'Must provide a state machine ARN: map runs are not part of the local AWS',
      );
    }
    const { arn } = registry.machine(stateMachineArn);
    const wanted = registry
      .executionsOf(arn)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .filter(({ redriveCount }) => redriveFilter === undefined || redriveCount > 0 === (redriveFilter === 'REDRIVEN'))
      .reverse();
    const { items, nextToken } = page(wanted, (execution) => execution.arn, input);
    return { executions: items.map(listed), ...(nextToken === undefined ? {} : { nextToken }) };
  },
});

const listed = (execution: Execution): ExecutionListItem => ({
  executionArn: execution.arn,
  stateMachineArn: execution.revision.stateMachineArn,
  name: execution.name,
  status: execution.status,
  startDate: execution.startDate,
  ...(execution.stopDate ? { stopDate: execution.stopDate } : {}),
  redriveCount: execution.redriveCount,
  ...(execution.redriveDate ? { redriveDate: execution.redriveDate } : {}),
});
