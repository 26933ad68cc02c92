import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { isCode } from '../error-code.ts';

/** Starts an execution, once: one of that name that runs or has run is as good (W4). */
export async function startExecution(
  states: SFNClient,
  { stateMachineArn, name, input }: { stateMachineArn: string; name: string; input: object },
): Promise<void> {
  try {
    await states.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    if (!isCode(error, 'ExecutionAlreadyExists')) throw error;
  }
}
