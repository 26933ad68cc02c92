import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, line, thrown } from './engine.ts';

let engine: AnEngine;
let tokens: string[];
let whenCalled: (token: string) => unknown;
beforeEach(async () => {
  tokens = [];
  whenCalled = () => null;
  engine = await anEngine({
    functions: {
      await: ({ token }: { token: string }) => {
        tokens.push(token);
        return whenCalled(token);
      },
    },
  });
});
afterEach(() => engine.close());

/** A task that hands its token to a function and waits for it to come back. */
const awaiting = (state: Asl = {}): Asl =>
  line({
    Await: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'await', Payload: { token: '{% $states.context.Task.Token %}' } },
      ...state,
    },
    Done: { Type: 'Pass' },
  });

const succeed = (taskToken: string | undefined, output: unknown = { ok: true }) =>
  engine.sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
const fail = (taskToken: string | undefined, error?: string, cause?: string) =>
  engine.sfn.send(new SendTaskFailureCommand({ taskToken, error, cause }));
const beat = (taskToken: string | undefined) => engine.sfn.send(new SendTaskHeartbeatCommand({ taskToken }));

/** Starts it and goes on until the function has the token and nothing happens any more. */
async function waiting(state?: Asl): Promise<string> {
  const arn = await engine.start(awaiting(state));
  await engine.clock.until(() => tokens.length > 0);
  await engine.clock.idle();
  return arn;
}

describe('a task with a token', () => {
  test('waits for days and ends with what the token’s holder sends', async () => {
    const arn = await waiting();
    await engine.clock.advance(3 * 86_400_000);
    expect((await engine.look(arn)).execution.status).toBe('RUNNING');
    await succeed(tokens[0], { certificate: 'issued' });
    const { output, types } = await engine.end(arn);
    expect(output).toEqual({ certificate: 'issued' });
    expect(types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('has an opaque token, another one for each attempt', async () => {
    whenCalled = () => {
      if (tokens.length < 2) throw thrown('Throttled');
    };
    const arn = await engine.start(awaiting({ Retry: [{ ErrorEquals: ['Throttled'] }] }));
    await engine.clock.until(() => tokens.length === 2);
    await engine.clock.idle();
    expect(tokens[0]).toMatch(/^[A-Za-z0-9+/=]{100,1024}$/);
    expect(tokens[1]).not.toBe(tokens[0]);
    await expect(succeed(tokens[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await succeed(tokens[1]);
    expect((await engine.end(arn)).execution.status).toBe('SUCCEEDED');
  });

  test('W5: ends when the token comes back before the call that handed it out has answered', async () => {
    whenCalled = (token) => succeed(token, 'early');
    const { output, types } = await engine.run(awaiting());
    expect(output).toBe('early');
    expect(types).not.toContain('TaskSubmitted');
  });

  test('fails as its holder says', async () => {
    const arn = await waiting({ Catch: [{ ErrorEquals: ['Refused'], Next: 'Done' }] });
    await fail(tokens[0], 'Refused', 'by the authority');
    const { output, events } = await engine.end(arn);
    expect(output).toEqual({ Error: 'Refused', Cause: 'by the authority' });
    expect(events.find(({ type }) => type === 'TaskFailed')?.taskFailedEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      error: 'Refused',
      cause: 'by the authority',
    });
  });

  test('fails when the call that hands the token out fails', async () => {
    whenCalled = () => {
      throw thrown('Broken');
    };
    const { execution } = await engine.run(awaiting());
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Broken' });
    await expect(succeed(tokens[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('W3: times out when nobody sends the token', async () => {
    const arn = await waiting({ TimeoutSeconds: 3600 });
    const { execution, events } = await engine.end(arn);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(execution).not.toHaveProperty('cause');
    expect(events.find(({ type }) => type === 'TaskScheduled')?.taskScheduledEventDetails).toMatchObject({
      timeoutInSeconds: 3600,
    });
    expect(events.at(-2)).toMatchObject({
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: {
        resourceType: 'lambda',
        resource: 'invoke.waitForTaskToken',
        error: 'States.Timeout',
      },
    });
  });
});

// Source: pull request 8 of irothschild/stefuna, whose log shows what AWS answers; checked 2026-11-30.
test('a cause that is too long is refused, and not shown', async () => {
  const tooLong = engine.sfn.send(new SendTaskFailureCommand({ taskToken: 't', cause: 'c'.repeat(32_769) }));
  await expect(tooLong).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value at 'cause' failed to satisfy constraint: Member must have length less than or equal to 32768",
  });
});

describe('HeartbeatSeconds', () => {
  const limits = { HeartbeatSeconds: 60, TimeoutSeconds: 600 };

  test('end the task when no heartbeat comes; both names of the error catch it', async () => {
    for (const name of ['States.HeartbeatTimeout', 'States.Timeout']) {
      tokens = [];
      const arn = await waiting({ ...limits, Catch: [{ ErrorEquals: [name], Next: 'Done' }] });
      expect((await engine.end(arn)).output).toEqual({ Error: 'States.Timeout', Cause: '' });
    }
  });

  test('start anew with each heartbeat, until TimeoutSeconds', async () => {
    const arn = await waiting(limits);
    for (let minute = 0; minute < 9; minute++) {
      await engine.clock.advance(50_000);
      await beat(tokens[0]);
    }
    expect((await engine.look(arn)).execution.status).toBe('RUNNING');
    await succeed(tokens[0]);
    expect((await engine.end(arn)).execution.status).toBe('SUCCEEDED');
  });

  test('a task that is only beaten still times out', async () => {
    const arn = await waiting({ HeartbeatSeconds: 500, TimeoutSeconds: 600 });
    await engine.clock.advance(450_000);
    await beat(tokens[0]);
    const { execution } = await engine.end(arn);
    const seconds = ((execution.stopDate?.getTime() ?? 0) - (execution.startDate?.getTime() ?? 0)) / 1000;
    expect([execution.error, Math.round(seconds)]).toEqual(['States.Timeout', 600]);
  });
});

describe('a token', () => {
  test('W6: that was used, or whose task has timed out or was stopped, is refused as TaskTimedOut', async () => {
    const used = await waiting();
    await succeed(tokens[0]);
    await expect(succeed(tokens[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await engine.end(used);
    await expect(beat(tokens[0])).rejects.toMatchObject({
      name: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });

    tokens = [];
    await engine.end(await waiting({ TimeoutSeconds: 10 }));
    await expect(fail(tokens[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });

    tokens = [];
    const stopped = await waiting();
    await engine.sfn.send(new StopExecutionCommand({ executionArn: stopped }));
    await engine.clock.idle();
    await expect(succeed(tokens[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('W6: that was never given out is invalid', async () => {
    await expect(succeed('made-up')).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(beat('made-up')).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  test('comes back with JSON, or the task goes on waiting', async () => {
    const arn = await waiting();
    const send = new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{not json' });
    await expect(engine.sfn.send(send)).rejects.toMatchObject({ name: 'InvalidOutput' });
    await succeed(tokens[0]);
    expect((await engine.end(arn)).execution.status).toBe('SUCCEEDED');
  });
});
