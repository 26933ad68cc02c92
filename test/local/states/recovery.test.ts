import { afterEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, type Ended, invoke, line, one, thrown } from './engine.ts';

let engine: AnEngine;
afterEach(() => engine.close());

/** The seconds from each attempt's failure to the next attempt. */
function delays({ events }: Ended): number[] {
  const at = (type: string) =>
    events.filter((event) => event.type === type).map(({ timestamp }) => timestamp?.getTime() ?? 0);
  const [scheduled, failed] = [at('TaskScheduled'), at('TaskFailed')];
  return scheduled.slice(1).map((time, index) => (time - (failed[index] ?? 0)) / 1000);
}

/** A function that throws these errors one after the other and then answers. */
const failing = (...names: string[]) => {
  const left = [...names];
  return () => {
    const name = left.shift();
    if (name) throw thrown(name);
    return 'fine';
  };
};

const retry = (...Retry: object[]) => one(invoke('f', { Retry }));

describe('Retry', () => {
  test('waits the interval, then backs off, in AWS time', async () => {
    engine = await anEngine({ functions: { f: failing('Throttled', 'Throttled', 'Throttled', 'Throttled') } });
    const ended = await engine.run(
      retry({ ErrorEquals: ['Throttled'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 5 }),
    );
    expect(ended.output).toBe('fine');
    expect(delays(ended).map(Math.round)).toEqual([3, 6, 12, 24]);
  });

  test('waits MaxDelaySeconds at most', async () => {
    engine = await anEngine({ functions: { f: failing('A', 'A', 'A', 'A', 'A') } });
    const ended = await engine.run(
      retry({ ErrorEquals: ['A'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 9, MaxDelaySeconds: 10 }),
    );
    expect(delays(ended).map(Math.round)).toEqual([2, 6, 10, 10, 10]);
  });

  test('has AWS’s defaults: 1, 2, 4 s and three retries', async () => {
    engine = await anEngine({ functions: { f: failing('A', 'A', 'A', 'A') } });
    const ended = await engine.run(retry({ ErrorEquals: ['A'] }));
    expect(ended.execution).toMatchObject({ status: 'FAILED', error: 'A' });
    expect(delays(ended).map(Math.round)).toEqual([1, 2, 4]);
  });

  test('with full jitter draws each delay from below the computed one, the same for the same seed', async () => {
    const machine = retry({ ErrorEquals: ['A'], IntervalSeconds: 10, MaxAttempts: 6, JitterStrategy: 'FULL' });
    const run = async (seed: number) => {
      engine = await anEngine({ seed, functions: { f: failing('A', 'A', 'A', 'A', 'A', 'A') } });
      const ended = await engine.run(machine, { name: 'jitter' });
      await engine.close();
      return delays(ended);
    };
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    first.forEach((delay, index) => {
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(10 * 2 ** index + 0.1);
    });
    expect(again.map(Math.round)).toEqual(first.map(Math.round));
    expect(other.map(Math.round)).not.toEqual(first.map(Math.round));
  });

  test('counts for each retrier by itself', async () => {
    engine = await anEngine({ functions: { f: failing('A', 'B', 'A', 'B', 'A') } });
    const ended = await engine.run(
      retry(
        { ErrorEquals: ['A'], IntervalSeconds: 1, BackoffRate: 10, MaxAttempts: 2 },
        { ErrorEquals: ['B'], IntervalSeconds: 2, BackoffRate: 10, MaxAttempts: 9 },
      ),
    );
    expect(delays(ended).map(Math.round)).toEqual([1, 2, 10, 20]);
    expect(ended.execution.error).toBe('A');
  });

  test('the first retrier that names the error decides; MaxAttempts 0 means never', async () => {
    engine = await anEngine({ functions: { f: failing('A') } });
    const ended = await engine.run(retry({ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }));
    expect([ended.execution.status, delays(ended)]).toEqual(['FAILED', []]);
  });

  test('States.TaskFailed means every error of a task but its time-out', async () => {
    engine = await anEngine({ functions: { f: failing('A'), slow: () => 'fine' } });
    const only = { Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }] };
    expect((await engine.run(one(invoke('f', only)))).output).toBe('fine');
    engine.faults.add({ service: 'lambda', operation: 'Invoke', kind: 'slow', seconds: 60 });
    const { execution, types } = await engine.run(one(invoke('slow', { ...only, TimeoutSeconds: 5 })));
    expect(execution.error).toBe('States.Timeout');
    expect(types.filter((type) => type === 'TaskScheduled')).toHaveLength(1);
  });

  test('tells the attempt in the context, and each retry is billed', async () => {
    engine = await anEngine({
      functions: {
        f: ({ count }: { count: number }) => {
          if (count < 2) throw thrown('A');
          return count;
        },
      },
    });
    const ended = await engine.run(
      one(
        invoke('f', {
          Arguments: { FunctionName: 'f', Payload: { count: '{% $states.context.State.RetryCount %}' } },
          Retry: [{ ErrorEquals: ['A'] }],
        }),
      ),
    );
    expect(ended.output).toBe(2);
    expect(engine.states.transitions(ended.arn)).toBe(3);
  });

  test('also retries an expression that fails after the task', async () => {
    let calls = 0;
    engine = await anEngine({ functions: { f: () => (++calls < 3 ? {} : { id: 7 }) } });
    const { output, types } = await engine.run(
      one(
        invoke('f', {
          Output: '{% $states.result.Payload.id %}',
          Retry: [{ ErrorEquals: ['States.QueryEvaluationError'] }],
        }),
      ),
    );
    expect(output).toBe(7);
    expect(types.filter((type) => type === 'EvaluationFailed')).toHaveLength(2);
  });
});

describe('Catch', () => {
  const caught = (state: Asl) =>
    line({ Call: invoke('f', state), Done: { Type: 'Succeed', Output: 'done' }, Caught: { Type: 'Pass' } });

  test('takes over with the error as the output', async () => {
    engine = await anEngine({ functions: { f: failing('Conflict') } });
    const { output, types, events } = await engine.run(
      caught({ Catch: [{ ErrorEquals: ['Conflict'], Next: 'Caught' }], Next: 'Done' }),
    );
    const cause = JSON.stringify({ errorType: 'Conflict', errorMessage: 'for a reason', trace: [] });
    expect(output).toEqual({ Error: 'Conflict', Cause: cause });
    expect(types.slice(1)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events.map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
      [1, 0],
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((id) => [id, id === 2 ? 0 : id - 1]),
    ]);
  });

  test('makes its own output and assigns variables', async () => {
    engine = await anEngine({ functions: { f: failing('Conflict') } });
    const { output, events } = await engine.run(
      line({
        Call: invoke('f', {
          Assign: { never: 1 },
          Catch: [
            {
              ErrorEquals: ['States.ALL'],
              Assign: { error: '{% $states.errorOutput.Error %}' },
              Output: { was: '{% $states.input %}' },
              Next: 'Look',
            },
          ],
        }),
        Look: { Type: 'Pass', Output: { error: '{% $error %}', input: '{% $states.input %}' } },
      }),
      { input: { n: 1 } },
    );
    expect(output).toEqual({ error: 'Conflict', input: { was: { n: 1 } } });
    expect(events.find(({ type }) => type === 'TaskStateExited')?.stateExitedEventDetails).toMatchObject({
      name: 'Call',
      output: '{"was":{"n":1}}',
      assignedVariables: { error: '"Conflict"' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  test('comes after Retry is used up', async () => {
    engine = await anEngine({ functions: { f: failing('A', 'A', 'A') } });
    const { types } = await engine.run(
      caught({
        Retry: [{ ErrorEquals: ['A'], MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ['A'], Next: 'Caught' }],
        Next: 'Done',
      }),
    );
    expect(types.filter((type) => type === 'TaskFailed')).toHaveLength(3);
    expect(types).toContain('PassStateEntered');
  });

  test('the first that names the error decides, and what none names ends the execution', async () => {
    engine = await anEngine({ functions: { f: failing('B', 'C') } });
    const machine = caught({
      Catch: [
        { ErrorEquals: ['A'], Next: 'Done' },
        { ErrorEquals: ['B', 'D'], Output: 'second', Next: 'Caught' },
      ],
      Next: 'Done',
    });
    expect((await engine.run(machine)).output).toBe('second');
    expect((await engine.run(machine)).execution).toMatchObject({ status: 'FAILED', error: 'C' });
  });

  test('whose own expression fails ends the execution', async () => {
    engine = await anEngine({ functions: { f: failing('A') } });
    const { execution } = await engine.run(
      caught({ Catch: [{ ErrorEquals: ['A'], Output: '{% $states.input.gone %}', Next: 'Caught' }], Next: 'Done' }),
    );
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toContain("specified for the field 'Catch[0]/Output' returned nothing (undefined).");
  });
});
