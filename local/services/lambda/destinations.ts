import type { Dispatch } from '../../wire/service.ts';
import type { LambdaFunction } from './function.ts';
import { invalidParameter } from './limits.ts';

/** Refuses a destination that could not be told anything. */
export function checkDestination(arn: string): void {
  if (/^arn:aws:(sns|events|lambda):[a-z0-9-]+:\d{12}:.+/.test(arn)) return;
  if (arn.startsWith('arn:aws:sqs:')) throw invalidParameter(`Cannot send to ${arn}: SQS is not part of the local AWS`);
  throw invalidParameter(`The provided destination config DestinationArn ${arn} is invalid`);
}

/** The end of an asynchronous invocation, as destinations are told it. */
export interface InvocationRecord {
  version: '1.0';
  timestamp: string;
  requestContext: {
    requestId: string;
    functionArn: string;
    condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
    approximateInvokeCount: number;
  };
  requestPayload: unknown;
  responseContext: { statusCode: number; executedVersion: string; functionError?: string };
  responsePayload: unknown;
}

/** Sends a record to a topic, a bus or a function, by the function's own role: it must be allowed to. */
export async function tellDestination(
  dispatch: Dispatch,
  lambda: LambdaFunction,
  { destination, record }: { destination: string; record: InvocationRecord | object },
): Promise<void> {
  const roleArn = lambda.settings.role;
  const session = roleArn.replace(/^arn:aws:iam::(\d+):role\/(?:.*\/)?/, 'arn:aws:sts::$1:assumed-role/');
  const principal = { arn: `${session}/${lambda.name}`, roleArn };
  const region = destination.split(':')[3] ?? lambda.region;
  const text = JSON.stringify(record);
  const kind = destination.split(':')[2];
  if (kind === 'sns') {
    await dispatch({
      service: 'sns',
      operation: 'Publish',
      input: { TopicArn: destination, Message: text },
      principal,
      region,
    });
  } else if (kind === 'lambda') {
    const input = { FunctionName: destination, InvocationType: 'Event', Payload: Buffer.from(text) };
    await dispatch({ service: 'lambda', operation: 'Invoke', input, principal, region });
  } else {
    const failed = 'requestContext' in record && record.requestContext.condition !== 'Success';
    const entry = {
      EventBusName: destination,
      Source: 'lambda',
      DetailType: `Lambda Function Invocation Result - ${failed ? 'Failure' : 'Success'}`,
      Resources: [destination, `${lambda.arn}:$LATEST`],
      Detail: text,
    };
    await dispatch({ service: 'events', operation: 'PutEvents', input: { Entries: [entry] }, principal, region });
  }
}
