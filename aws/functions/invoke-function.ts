import { setTimeout as pause } from 'node:timers/promises';
import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';

/** A function that looks at the account takes longer than a service: it is waited for as long as any call may take. */
const PATIENCE_MS = 25_000;

/**
 * How long a call is repeated while the account has no room for one more execution. The functions that take it are done within
 * a second or two, and the client's own attempts are over before.
 */
const ROOM_MS = 12_000;

/** Between two attempts, and up to as much again by chance: two functions that wait for each other's room ask apart. */
const PAUSE_MS = 250;

/**
 * The result of a function that was asked and waited for.
 *
 * @throws {Error} with the name and message of what the function has thrown
 */
export async function invokeFunction<Result>(lambda: LambdaClient, name: string, event: object): Promise<Result> {
  const { FunctionError, Payload } = await invoked(lambda, name, event);
  const result = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  if (FunctionError === undefined) return result as Result;
  const { errorType = FunctionError, errorMessage = 'no message' } = (result ?? {}) as Thrown;
  throw new Error(`The function "${name}" has thrown ${errorType}: ${errorMessage}`);
}

async function invoked(lambda: LambdaClient, name: string, event: object): Promise<InvokeCommandOutput> {
  const until = performance.now() + ROOM_MS;
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) });
  for (;;) {
    try {
      return await lambda.send(command, { requestTimeout: PATIENCE_MS });
    } catch (error) {
      const hasNoRoom = error instanceof Error && error.name === 'TooManyRequestsException';
      if (!hasNoRoom || performance.now() > until) throw error;
      await pause(PAUSE_MS * (1 + Math.random()));
    }
  }
}

interface Thrown {
  errorType?: string;
  errorMessage?: string;
}
