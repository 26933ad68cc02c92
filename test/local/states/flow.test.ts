import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, line, one } from './engine.ts';

let engine: AnEngine;
beforeAll(async () => {
  engine = await anEngine();
});
afterAll(() => engine.close());

const secondsOf = ({
  execution,
}: {
  execution: { startDate?: Date | undefined; stopDate?: Date | undefined };
}): number => ((execution.stopDate?.getTime() ?? 0) - (execution.startDate?.getTime() ?? 0)) / 1000;

describe('Wait', () => {
  test('waits its seconds in AWS time, however many', async () => {
    const ended = await engine.run(one({ Type: 'Wait', Seconds: 3 * 86_400 }));
    expect(secondsOf(ended)).toBeGreaterThanOrEqual(3 * 86_400);
    expect(secondsOf(ended)).toBeLessThan(3 * 86_400 + 1);
    expect(ended.types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'ExecutionSucceeded']);
  });

  test('computes its seconds, which must be whole', async () => {
    expect(
      secondsOf(await engine.run(one({ Type: 'Wait', Seconds: '{% $states.input.n * 2 %}' }), { input: { n: 15 } })),
    ).toBeCloseTo(30, 0);
    const { execution } = await engine.run(one({ Type: 'Wait', Seconds: '{% $states.input.n / 2 %}' }), {
      input: { n: 15 },
    });
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toContain(
      "specified for the field 'Seconds' returned an unexpected result type. Expected 'integer from 0 to 99999999', but was 'number' for value: 7.5.",
    );
  });

  test('waits until a timestamp, and not at all for one that is past', async () => {
    const at = new Date(engine.clock.now().getTime() + 3_600_000).toISOString();
    expect(
      secondsOf(await engine.run(one({ Type: 'Wait', Timestamp: '{% $states.input.at %}' }), { input: { at } })),
    ).toBeCloseTo(3600, 0);
    expect(secondsOf(await engine.run(one({ Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z' })))).toBeLessThan(1);
    const { execution } = await engine.run(one({ Type: 'Wait', Timestamp: '{% "soon" %}' }));
    expect(execution.error).toBe('States.QueryEvaluationError');
  });

  test('W1: grows from 15 s to 10 min as a poll does', async () => {
    const { output } = await engine.run(
      line({
        Begin: { Type: 'Pass', Assign: { wait: 15, turns: 0 } },
        Rest: {
          Type: 'Wait',
          Seconds: '{% $wait %}',
          Assign: { wait: '{% $min([$wait * 2, 600]) %}', turns: '{% $turns + 1 %}' },
        },
        Again: { Type: 'Choice', Choices: [{ Condition: '{% $turns < 8 %}', Next: 'Rest' }], Default: 'Done' },
        Done: { Type: 'Succeed', Output: '{% [$turns, $wait] %}' },
      }),
    );
    expect(output).toEqual([8, 600]);
  });
});

describe('Choice', () => {
  const machine = (extra: Asl = { Default: 'Other' }): Asl => ({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'Big' },
          { Condition: '{% $states.input.n > 5 %}', Next: 'Middle' },
        ],
        ...extra,
      },
      Big: { Type: 'Succeed', Output: 'big' },
      Middle: { Type: 'Succeed', Output: 'middle' },
      ...('Default' in extra ? { Other: { Type: 'Succeed', Output: 'other' } } : {}),
    },
  });

  test('goes where the first condition that holds says', async () => {
    expect((await engine.run(machine(), { input: { n: 11 } })).output).toBe('big');
    expect((await engine.run(machine(), { input: { n: 6 } })).output).toBe('middle');
    expect((await engine.run(machine(), { input: { n: 1 } })).output).toBe('other');
  });

  test('without a match and a Default ends the execution, which nothing catches', async () => {
    const { execution } = await engine.run(machine({}), { input: { n: 1 } });
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Ask' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
    const inside = line({
      Around: { Type: 'Parallel', Branches: [machine({})], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
      Caught: { Type: 'Pass' },
    });
    expect((await engine.run(inside, { input: { n: 1 } })).execution.error).toBe('States.Runtime');
  });

  test('wants conditions that are true or false', async () => {
    const { execution } = await engine.run(
      line({
        Ask: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n %}', Next: 'Done' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      }),
      { input: { n: 1 } },
    );
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toContain(
      "for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean'",
    );
  });
});

describe('Succeed and Fail', () => {
  test('Succeed ends the execution with its output', async () => {
    const { execution, output, types } = await engine.run(
      {
        StartAt: 'Done',
        States: { Done: { Type: 'Succeed', Output: '{% $states.input.n + 1 %}' } },
      },
      { input: { n: 1 } },
    );
    expect([execution.status, output]).toEqual(['SUCCEEDED', 2]);
    expect(types).toEqual(['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded']);
  });

  test('Fail ends it with an error and a cause, which may be computed', async () => {
    const { execution, events } = await engine.run(
      {
        StartAt: 'Stop',
        States: { Stop: { Type: 'Fail', Error: '{% $states.input.error %}', Cause: 'because' } },
      },
      { input: { error: 'Refused' } },
    );
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'because' });
    expect(events.slice(1)).toMatchObject([
      { type: 'FailStateEntered', id: 2, previousEventId: 0 },
      {
        type: 'ExecutionFailed',
        id: 3,
        previousEventId: 2,
        executionFailedEventDetails: { error: 'Refused', cause: 'because' },
      },
    ]);
  });

  test('leaves neither error nor cause where it names none', async () => {
    const { execution, events } = await engine.run({ StartAt: 'Stop', States: { Stop: { Type: 'Fail' } } });
    expect(execution).not.toHaveProperty('error', expect.anything());
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed', executionFailedEventDetails: {} });
    expect(events.at(-1)?.executionFailedEventDetails).toEqual({});
  });

  test('Fail wants text', async () => {
    const { execution } = await engine.run({ StartAt: 'Stop', States: { Stop: { Type: 'Fail', Error: '{% 404 %}' } } });
    expect(execution.error).toBe('States.QueryEvaluationError');
  });
});

describe('an execution', () => {
  test('runs by itself while AWS time passes', async () => {
    const running = await anEngine({ speed: 10_000 });
    const arn = await running.start(
      line({ Rest: { Type: 'Wait', Seconds: 600 }, Done: { Type: 'Pass', Output: 'done' } }),
    );
    const ended = new Promise<void>((resolve) => {
      running.states.onEvent(({ event }) => {
        if (event.type === 'ExecutionSucceeded') resolve();
      });
    });
    await ended;
    expect((await running.look(arn)).output).toBe('done');
    await running.close();
  });

  test('ends after the TimeoutSeconds of its state machine, with no error of its own', async () => {
    const { execution, events } = await engine.run({ ...one({ Type: 'Wait', Seconds: 600 }), TimeoutSeconds: 60 });
    expect(execution.status).toBe('TIMED_OUT');
    expect(execution).not.toHaveProperty('error');
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  test('W3: ends after a year at the latest', async () => {
    const { execution } = await engine.run(one({ Type: 'Wait', Seconds: 99_999_999 }));
    expect(execution.status).toBe('TIMED_OUT');
    expect(secondsOf({ execution })).toBeCloseTo(365 * 86_400, -1);
  });
});
