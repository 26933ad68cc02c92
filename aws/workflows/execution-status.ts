import { DescribeExecutionCommand, ExecutionDoesNotExist, type SFNClient } from '@aws-sdk/client-sfn';

export type ExecutionStatus = 'missing' | 'running' | 'ended';

/** Whether an execution was never started, still runs, or has ended, however it did. */
export async function executionStatus(
  states: SFNClient,
  { stateMachineArn, name }: { stateMachineArn: string; name: string },
): Promise<ExecutionStatus> {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    const { status } = await states.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'missing';
    throw error;
  }
}
