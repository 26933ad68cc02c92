import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Has Lambda call a function later, and again where it fails: nothing is waited for. */
export async function sendEvent(lambda: LambdaClient, name: string, event: object): Promise<void> {
  const Payload = Buffer.from(JSON.stringify(event));
  await lambda.send(new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload }));
}
