import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { AwsError, type Operation, type Principal } from '../../wire/service.ts';
import type { EventQueue } from './event-queue.ts';
import { type Functions, onFunction } from './functions.ts';
import type { Invoker } from './invoker.ts';
import { checkResourcePolicy } from './resource-policy.ts';

/**
 * The largest event, in bytes, of a synchronous and of an asynchronous invocation.
 * Source: Lambda "Quotas", invocation payload; checked 2026-11-22.
 */
const maxEventBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

/** How much of the log's end LogType "Tail" brings, in bytes. Source: Lambda API Reference, Invoke; checked 2026-11-22. */
const tailBytes = 4096;

/** Invoke: waits for the answer, or queues the event, or only says whether one could. */
export const invoke = ({
  functions,
  invoker,
  queue,
  restCaller,
}: {
  functions: Functions;
  invoker: Invoker;
  queue: EventQueue;
  restCaller: (caller: Principal, heard: AbortSignal) => unknown;
}): Operation<InvocationRequest, InvocationResponse> => ({
  action: 'lambda:InvokeFunction',
  resources: onFunction,
  async run({ FunctionName, Qualifier, InvocationType = 'RequestResponse', LogType, Payload }, call) {
    const lambda = functions.find(FunctionName, call, Qualifier);
    checkResourcePolicy(lambda, call.principal, call.account);
    if (InvocationType === 'DryRun') return { StatusCode: 204 };
    const event = eventOf(Payload, InvocationType);
    const requestId = call.requestId.replace(/^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/, '$1-$2-$3-$4-$5');
    if (InvocationType === 'Event') {
      queue.add(lambda, { requestId, event });
      return { StatusCode: 202 };
    }
    const { outcome, log } = await call.pause(
      invoker.run(lambda, { requestId, event, restCaller: (heard) => restCaller(call.principal, heard) }),
    );
    return {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      ...(LogType === 'Tail' && { LogResult: Buffer.from(log).subarray(-tailBytes).toString('base64') }),
      ...('error' in outcome
        ? { FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(outcome.error)) }
        : { Payload: Buffer.from(outcome.payload) }),
    };
  },
});

/** The event as JSON; no payload is an empty object. */
function eventOf(payload: Uint8Array | undefined, type: keyof typeof maxEventBytes): string {
  if (payload === undefined || payload.length === 0) return '{}';
  if (payload.length > maxEventBytes[type])
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${maxEventBytes[type]} bytes for the InvokeFunction operation`,
      { Type: 'User', status: 413 },
    );
  const text = Buffer.from(payload).toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${error.message}`, {
      Type: 'User',
    });
  }
  return text;
}
