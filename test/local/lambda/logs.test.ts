import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type ALambda, aLambda } from './a-lambda.ts';

describe("a function's log", () => {
  let aws: ALambda;
  beforeEach(async () => {
    aws = await aLambda();
  });
  afterEach(async () => {
    await aws.close();
  });

  const lines = async (logGroupName: string): Promise<string[]> => {
    const { events } = await aws.client(CloudWatchLogsClient).send(new FilterLogEventsCommand({ logGroupName }));
    return (events ?? []).map(({ message }) => message ?? '');
  };

  test('holds START, what it printed, END and REPORT, and none of it is on our own output', async () => {
    const ours = jest.spyOn(process.stdout, 'write');
    await aws.aFunction(
      'prints',
      `export const handler = async () => { console.log('hello %s', 'you', { a: 1 }); console.warn('careful');
         process.stdout.write('{"raw":true}\\n'); };`,
    );
    const { log } = await aws.invoke('prints');
    expect(ours).not.toHaveBeenCalled();
    ours.mockRestore();
    const id = '[0-9a-f-]{36}';
    const expected = [
      expect.stringMatching(new RegExp(`^START RequestId: ${id} Version: \\$LATEST\\n$`)),
      expect.stringMatching(new RegExp(`^2026-11-22T12:00:0\\S+Z\\t${id}\\tINFO\\thello you { a: 1 }\\n$`)),
      expect.stringMatching(new RegExp(`^2026-11-22T12:00:0\\S+Z\\t${id}\\tWARN\\tcareful\\n$`)),
      '{"raw":true}\n',
      expect.stringMatching(new RegExp(`^END RequestId: ${id}\\n$`)),
      expect.stringMatching(
        new RegExp(
          `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\t` +
            'Max Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\t\\n$',
        ),
      ),
    ];
    expect(await lines('/aws/lambda/prints')).toEqual(expected);
    expect(log).toBe((await lines('/aws/lambda/prints')).join(''));
  });

  test('is JSON in the log group that the function names, a stream for each environment', async () => {
    await aws.aFunction('json', 'export const handler = async () => console.info("hello");', {
      LoggingConfig: { LogFormat: 'JSON', LogGroup: 'shared' },
    });
    await aws.invoke('json');
    await aws.invoke('json');
    const objects = (await lines('shared')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.slice(0, 4)).toMatchObject([
      { type: 'platform.start' },
      { level: 'INFO', message: 'hello', requestId: expect.any(String) },
      { type: 'platform.runtimeDone' },
      { type: 'platform.report', record: { status: 'success', metrics: { memorySizeMB: 128 } } },
    ]);
    const { logStreams } = await aws
      .client(CloudWatchLogsClient)
      .send(new DescribeLogStreamsCommand({ logGroupName: 'shared' }));
    expect(logStreams).toHaveLength(1);
    expect(logStreams?.[0]?.logStreamName).toMatch(/^2026\/11\/22\/json\[\$LATEST\][0-9a-f]{32}$/);
  });

  test('tells what was thrown', async () => {
    await aws.aFunction('throws', 'export const handler = async () => { throw new RangeError("too far"); };');
    await aws.invoke('throws');
    expect((await lines('/aws/lambda/throws'))[1]).toMatch(
      /ERROR\tInvoke Error \{"errorType":"RangeError","errorMessage":"too far","stack":\[/,
    );
  });
});
