import {
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

/**
 * Lets a workflow go on that waits with a task token. False when no task waits with it any more: it has timed out,
 * or was completed already (failures W6). The token is a secret.
 */
export async function completeTask(
  sfn: SFNClient,
  { token, output }: { token: string; output: object },
): Promise<boolean> {
  try {
    await sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
    return true;
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return false;
    throw error;
  }
}
