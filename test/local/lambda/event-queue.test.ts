import {
  DeleteFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Service } from '../../../local/wire/service.ts';
import { type ALambda, aLambda } from './a-lambda.ts';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:failures';

describe('asynchronous invocations', () => {
  let aws: ALambda;
  let published: { input: { TopicArn: string; Message: string }; principal: unknown }[];
  beforeEach(async () => {
    published = [];
    const sns: Service = {
      name: 'sns',
      protocol: 'awsQuery',
      model: () => import('@aws-sdk/client-sns'),
      operations: {
        Publish: {
          run: (input, { principal }) => {
            published.push({ input, principal });
            return {};
          },
        },
      },
    };
    aws = await aLambda({ others: [sns] });
  });
  afterEach(async () => {
    await aws.close();
  });

  const queue = (name: string, event: object = {}) =>
    aws.lambdaClient.send(
      new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) }),
    );
  const invocations = (name: string): number => aws.lambda.statistics()[name]?.invocations ?? 0;

  test('answer 202 at once and run afterwards', async () => {
    await aws.aFunction('later', 'export const handler = async () => 1;');
    expect((await queue('later')).StatusCode).toBe(202);
    await aws.clock.idle();
    expect(aws.lambda.statistics().later).toMatchObject({ invocations: 1, failures: 0 });
  });

  test('are tried again after one minute and after two more, and no more than that', async () => {
    await aws.aFunction('fails', 'export const handler = async () => { throw new Error("no"); };');
    await queue('fails');
    await aws.clock.idle();
    expect(invocations('fails')).toBe(1);
    await aws.clock.advance(59_000);
    expect(invocations('fails')).toBe(1);
    await aws.clock.advance(2_000);
    expect(invocations('fails')).toBe(2);
    await aws.clock.advance(118_000);
    expect(invocations('fails')).toBe(2);
    await aws.clock.advance(4_000);
    expect(invocations('fails')).toBe(3);
    await aws.clock.advance(6 * 3_600_000);
    expect(invocations('fails')).toBe(3);
  });

  test('tell their on-failure destination by the role of the function', async () => {
    await aws.aFunction('fails', 'export const handler = async () => { throw new Error("no"); };');
    await aws.lambdaClient.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'fails',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: topicArn } },
      }),
    );
    await queue('fails', { word: 'hello' });
    await aws.clock.idle();
    expect(published).toHaveLength(1);
    expect(published[0]?.principal).toEqual({
      arn: 'arn:aws:sts::123456789012:assumed-role/function-role/fails',
      roleArn: 'arn:aws:iam::123456789012:role/function-role',
    });
    expect(JSON.parse(published[0]?.input.Message ?? '')).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { word: 'hello' },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
    });
  });

  test('wait while the function is throttled, until they are too old', async () => {
    await aws.aFunction('stopped', 'export const handler = async () => 1;');
    const reserve = (ReservedConcurrentExecutions: number) =>
      aws.lambdaClient.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'stopped', ReservedConcurrentExecutions }),
      );
    await aws.lambdaClient.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'stopped',
        MaximumEventAgeInSeconds: 60,
        DestinationConfig: { OnFailure: { Destination: topicArn } },
      }),
    );
    await reserve(0);
    await queue('stopped');
    await aws.clock.advance(5_000);
    await reserve(1);
    await aws.clock.advance(10_000);
    expect(invocations('stopped')).toBe(1);
    await reserve(0);
    await queue('stopped');
    await aws.clock.advance(120_000);
    expect(invocations('stopped')).toBe(1);
    expect(JSON.parse(published[0]?.input.Message ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded' },
    });
  });

  test('are dropped with the function', async () => {
    await aws.aFunction('fails', 'export const handler = async () => { throw new Error("no"); };');
    await queue('fails');
    await aws.clock.idle();
    await aws.lambdaClient.send(new DeleteFunctionCommand({ FunctionName: 'fails' }));
    await aws.clock.advance(600_000);
    expect(invocations('fails')).toBe(1);
  });

  test('have settings that can be read back; SQS is refused by name', async () => {
    await aws.aFunction('f', 'export const handler = async () => 1;');
    const put = (Destination: string) =>
      aws.lambdaClient.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName: 'f',
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination } },
        }),
      );
    await expect(put('arn:aws:sqs:us-east-1:123456789012:dead')).rejects.toThrow('SQS is not part of the local AWS');
    await put(topicArn);
    expect(await aws.lambdaClient.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'f' }))).toMatchObject({
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: topicArn } },
      LastModified: expect.any(Date),
    });
  });
});
