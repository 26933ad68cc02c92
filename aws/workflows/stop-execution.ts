import { ExecutionDoesNotExist, type SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';

/** Stops an execution; one that has ended, or was never started, stays as it is. A function that it called runs to its end. */
export async function stopExecution(
  states: SFNClient,
  { stateMachineArn, name, cause }: { stateMachineArn: string; name: string; cause: string },
): Promise<void> {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    await states.send(new StopExecutionCommand({ executionArn, error: 'Cancelled', cause }));
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
}
