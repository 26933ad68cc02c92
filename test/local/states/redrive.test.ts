import { DescribeExecutionCommand, RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, anEngine, invoke, line, one, thrown } from './engine.ts';

let engine: AnEngine;
afterEach(() => engine.close());

const redrive = (executionArn: string) => engine.sfn.send(new RedriveExecutionCommand({ executionArn }));

/** Functions that log their calls; "mend" makes the broken one work. */
function workshop() {
  const calls: string[] = [];
  let broken = true;
  return {
    calls,
    mend: () => {
      broken = false;
    },
    functions: {
      first: () => void calls.push('first'),
      broken: (event: unknown) => {
        calls.push('broken');
        if (broken) throw thrown('Refused');
        return { event, mended: true };
      },
      beside: () => calls.push('beside'),
    },
  };
}

describe('RedriveExecution', () => {
  test('goes on at the state that failed, with its input and the variables, and runs nothing else again', async () => {
    const { calls, mend, functions } = workshop();
    engine = await anEngine({ functions });
    const failed = await engine.run(
      line({
        First: invoke('first', { Assign: { kept: 1 }, Output: { from: 'first' } }),
        Broken: invoke('broken'),
        Look: { Type: 'Pass', Output: { input: '{% $states.input %}', kept: '{% $kept %}' } },
      }),
    );
    expect(failed.execution).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      redriveStatus: 'REDRIVABLE',
      redriveCount: 0,
    });
    mend();
    await redrive(failed.arn);
    const { execution, output, types } = await engine.end(failed.arn);
    expect(output).toEqual({ input: { event: { from: 'first' }, mended: true }, kept: 1 });
    expect(calls).toEqual(['first', 'broken', 'broken']);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, redriveStatus: 'NOT_REDRIVABLE' });
    expect(execution).not.toHaveProperty('error');
    expect(types.slice(failed.types.length)).toEqual([
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('inside a Parallel runs only the branches that failed or were called off', async () => {
    const { calls, mend, functions } = workshop();
    engine = await anEngine({ functions });
    const failed = await engine.run(
      one({
        Type: 'Parallel',
        Branches: [
          line({ Done: invoke('beside') }),
          line({ Rest: { Type: 'Wait', Seconds: 10 }, Broken: invoke('broken') }),
          line({ Long: { Type: 'Wait', Seconds: 60 }, Later: { Type: 'Pass', Output: 'later' } }),
        ],
      }),
    );
    expect(failed.execution.status).toBe('FAILED');
    mend();
    await redrive(failed.arn);
    const { output } = await engine.end(failed.arn);
    expect(output).toEqual([1, { event: {}, mended: true }, 'later']);
    expect(calls).toEqual(['beside', 'broken', 'broken']);
  });

  test('also goes on with what was stopped or has timed out', async () => {
    engine = await anEngine();
    const machine = {
      ...line({ Rest: { Type: 'Wait', Seconds: 60 }, Done: { Type: 'Pass', Output: 'done' } }),
      TimeoutSeconds: 90,
    };
    const executionArn = await engine.start(machine);
    await engine.clock.advance(50_000);
    await engine.sfn.send(new StopExecutionCommand({ executionArn }));
    await redrive(executionArn);
    expect((await engine.end(executionArn)).output).toBe('done');

    const timedOut = await engine.run({ ...machine, TimeoutSeconds: 30 });
    expect(timedOut.execution.status).toBe('TIMED_OUT');
    await redrive(timedOut.arn);
    expect((await engine.end(timedOut.arn)).execution).toMatchObject({ status: 'TIMED_OUT', redriveCount: 1 });
  });

  test('is refused for what runs, has succeeded, or ended more than 14 days ago', async () => {
    const { functions } = workshop();
    engine = await anEngine({ functions });
    const running = await engine.start(one({ Type: 'Wait', Seconds: 60 }));
    await expect(redrive(running)).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: 'Execution is RUNNING and cannot be redriven',
    });
    await engine.end(running);
    await expect(redrive(running)).rejects.toMatchObject({ message: 'Execution is SUCCEEDED and cannot be redriven' });
    const { arn } = await engine.run(one(invoke('broken')));
    await engine.clock.advance(15 * 86_400_000);
    await expect(redrive(arn)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    expect(await engine.sfn.send(new DescribeExecutionCommand({ executionArn: arn }))).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrive period exceeded',
    });
  });
});
