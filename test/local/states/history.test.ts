import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, anEngine, invoke, line, one } from './engine.ts';

let engine: AnEngine;
beforeEach(async () => {
  engine = await anEngine({ functions: { f: () => ({ made: 1 }) } });
});
afterEach(() => engine.close());

const history = (executionArn: string, input: object = {}) =>
  engine.sfn.send(new GetExecutionHistoryCommand({ executionArn, ...input }));

describe('GetExecutionHistory', () => {
  test('has the events that AWS has, with their details', async () => {
    const { arn } = await engine.run(
      line({ Set: { Type: 'Pass', Assign: { n: 1, s: 'x' } }, Call: invoke('f', { TimeoutSeconds: 30 }) }),
      { input: { a: 1 } },
    );
    const { events = [] } = await history(arn);
    const whole = { truncated: false };
    const call = { resource: 'invoke', resourceType: 'lambda' };
    expect(events.map(({ timestamp, ...event }) => event)).toEqual([
      {
        id: 1,
        previousEventId: 0,
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"a":1}',
          inputDetails: whole,
          roleArn: expect.stringContaining(':role/'),
        },
      },
      {
        id: 2,
        previousEventId: 0,
        type: 'PassStateEntered',
        stateEnteredEventDetails: { name: 'Set', input: '{"a":1}', inputDetails: whole },
      },
      {
        id: 3,
        previousEventId: 2,
        type: 'PassStateExited',
        stateExitedEventDetails: {
          name: 'Set',
          output: '{"a":1}',
          outputDetails: whole,
          assignedVariables: { n: '1', s: '"x"' },
          assignedVariablesDetails: whole,
        },
      },
      {
        id: 4,
        previousEventId: 3,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'Call', input: '{"a":1}', inputDetails: whole },
      },
      {
        id: 5,
        previousEventId: 4,
        type: 'TaskScheduled',
        taskScheduledEventDetails: {
          ...call,
          region: 'us-east-1',
          parameters: '{"FunctionName":"f","Payload":{"a":1}}',
          timeoutInSeconds: 30,
        },
      },
      { id: 6, previousEventId: 5, type: 'TaskStarted', taskStartedEventDetails: call },
      {
        id: 7,
        previousEventId: 6,
        type: 'TaskSucceeded',
        taskSucceededEventDetails: {
          ...call,
          output: expect.stringContaining('"Payload":{"made":1}'),
          outputDetails: whole,
        },
      },
      {
        id: 8,
        previousEventId: 7,
        type: 'TaskStateExited',
        stateExitedEventDetails: { name: 'Call', output: '{"made":1}', outputDetails: whole },
      },
      {
        id: 9,
        previousEventId: 8,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: { output: '{"made":1}', outputDetails: whole },
      },
    ]);
    const times = events.map(({ timestamp }) => timestamp?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse('2026-11-22T12:00:00Z'));
  });

  test('goes backwards, in pages, and without data', async () => {
    const { arn } = await engine.run(one({ Type: 'Pass', Assign: { n: 1 } }), { input: { a: 1 } });
    const ids = async (input: object) => {
      const { events = [], nextToken } = await history(arn, input);
      return { ids: events.map(({ id }) => id), nextToken };
    };
    expect((await ids({ reverseOrder: true })).ids).toEqual([4, 3, 2, 1]);
    const first = await ids({ maxResults: 3 });
    expect(first.ids).toEqual([1, 2, 3]);
    expect(await ids({ maxResults: 3, nextToken: first.nextToken })).toEqual({ ids: [4], nextToken: undefined });
    const { events = [] } = await history(arn, { includeExecutionData: false });
    expect(events[0]?.executionStartedEventDetails).toEqual({ roleArn: expect.any(String) });
    expect(events[2]?.stateExitedEventDetails).toEqual({ name: 'One' });
  });

  test('of an execution that isn’t there says so', async () => {
    const arn = 'arn:aws:states:us-east-1:123456789012:execution:machine-1:gone';
    await expect(history(arn)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${arn}'`,
    });
    await expect(history('gone')).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(history(arn.replace('execution', 'stateMachine'))).rejects.toMatchObject({ name: 'InvalidArn' });
  });

  test('W1: a loop ends with the 25,000th event', async () => {
    const { arn, execution } = await engine.run({
      StartAt: 'Rest',
      States: {
        Rest: { Type: 'Wait', Seconds: 30, Next: 'Again' },
        Again: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Rest' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    });
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const { events = [] } = await history(arn, { reverseOrder: true, maxResults: 1 });
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed', previousEventId: 24_999 }]);
  });
});
