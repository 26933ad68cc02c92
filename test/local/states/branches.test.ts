import { afterEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, type Ended, invoke, line, one, thrown } from './engine.ts';

let engine: AnEngine;
afterEach(() => engine.close());

const parallel = (branches: Asl[], state: Asl = {}): Asl => ({ Type: 'Parallel', Branches: branches, ...state });

/** "12<5 TaskFailed": id, the event before it, type. */
const trace = ({ events }: Ended): string[] =>
  events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);

describe('Parallel', () => {
  test('gives every branch its arguments and returns their outputs in order', async () => {
    engine = await anEngine();
    const { output } = await engine.run(
      one(
        parallel(
          [
            line({ Slow: { Type: 'Wait', Seconds: 60 } }),
            line({ Fast: { Type: 'Pass', Output: '{% $states.input.n + 1 %}' } }),
          ],
          {
            Arguments: { n: '{% $states.input.n * 10 %}' },
            Output: '{% { "both": $states.result } %}',
          },
        ),
      ),
      { input: { n: 1 } },
    );
    expect(output).toEqual({ both: [{ n: 10 }, 11] });
  });

  test('takes as long as its longest branch, not their sum', async () => {
    engine = await anEngine();
    const wait = (name: string, Seconds: number) => line({ [name]: { Type: 'Wait', Seconds } });
    const { execution } = await engine.run(one(parallel([wait('A', 180), wait('B', 60), wait('C', 90)])));
    const seconds = ((execution.stopDate?.getTime() ?? 0) - (execution.startDate?.getTime() ?? 0)) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(180);
    expect(seconds).toBeLessThan(181);
  });

  test('has the history that AWS has', async () => {
    engine = await anEngine();
    const ended = await engine.run(
      one(parallel([line({ A: { Type: 'Wait', Seconds: 1 } }), line({ B: { Type: 'Wait', Seconds: 5 } })])),
    );
    const [started, entered, begun, ...rest] = trace(ended);
    expect([started, entered, begun]).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
    ]);
    expect(
      rest
        .slice(0, 2)
        .map((event) => event.slice(2))
        .sort(),
    ).toEqual(['3 WaitStateEntered', '3 WaitStateEntered']);
    expect(rest.slice(2)).toEqual([
      expect.stringMatching(/^6<[45] WaitStateExited$/),
      expect.stringMatching(/^7<[45] WaitStateExited$/),
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  test('variables assigned in a branch stay in it; the outer ones are read everywhere', async () => {
    engine = await anEngine();
    const branch = (name: string) =>
      line({
        [`Set${name}`]: { Type: 'Pass', Assign: { mine: name } },
        [`Get${name}`]: { Type: 'Pass', Output: '{% $shared & $mine %}' },
      });
    const { output } = await engine.run(
      line({
        Set: { Type: 'Pass', Assign: { shared: 'outer ' } },
        Both: parallel([branch('A'), branch('B')], { Assign: { shared: '{% $states.result[0] %}' } }),
        Look: { Type: 'Pass', Output: ['{% $states.input %}', '{% $shared %}'] },
      }),
    );
    expect(output).toEqual([['outer A', 'outer B'], 'outer A']);
  });

  test('a failing branch calls the others off at once, and the history says so', async () => {
    let later = 0;
    engine = await anEngine({
      functions: {
        fail: () => {
          throw thrown('Broken');
        },
        later: () => ++later,
      },
    });
    const ended = await engine.run(
      one(
        parallel([
          line({ A: { Type: 'Wait', Seconds: 10 }, Fail: invoke('fail') }),
          line({ B: { Type: 'Wait', Seconds: 3600 }, Later: invoke('later') }),
          line({ In: parallel([line({ C: { Type: 'Wait', Seconds: 3600 } })]) }),
        ]),
      ),
    );
    expect(ended.execution).toMatchObject({ status: 'FAILED', error: 'Broken' });
    const failed = ended.events.find(({ type }) => type === 'TaskFailed')?.id ?? 0;
    expect(trace(ended).slice(failed)).toEqual([
      `${failed + 1}<${failed} TaskStateAborted`,
      `${failed + 2}<${failed} WaitStateAborted`,
      `${failed + 3}<${failed} WaitStateAborted`,
      `${failed + 4}<${failed} ParallelStateAborted`,
      `${failed + 5}<${failed} ParallelStateFailed`,
      `${failed + 6}<${failed + 5} ExecutionFailed`,
    ]);
    await engine.clock.advance(7_200_000);
    expect(later).toBe(0);
    expect((await engine.look(ended.arn)).events).toHaveLength(ended.events.length);
  });

  test('is retried as a whole and caught as a whole, and logs that it failed only the last time', async () => {
    let calls = 0;
    engine = await anEngine({
      functions: {
        fail: () => {
          calls++;
          throw thrown('Broken');
        },
      },
    });
    const { output, types } = await engine.run(
      line({
        Both: parallel([line({ Fail: invoke('fail') }), line({ Other: { Type: 'Pass' } })], {
          Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 2 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }],
        }),
        Caught: { Type: 'Pass' },
      }),
    );
    expect([calls, output]).toEqual([3, 'Broken']);
    expect(types.filter((type) => type === 'ParallelStateFailed')).toHaveLength(1);
    expect(types.slice(-5, -2)).toEqual(['ParallelStateFailed', 'ParallelStateExited', 'PassStateEntered']);
    expect(types).toContain('ParallelStateExited');
  });

  test('nested: the innermost catcher that fits has it', async () => {
    engine = await anEngine({
      functions: {
        fail: () => {
          throw thrown('Broken');
        },
      },
    });
    const inner = line({
      Inner: parallel([line({ Fail: invoke('fail') })], {
        Catch: [{ ErrorEquals: ['Broken'], Output: 'inner', Next: 'InnerCaught' }],
      }),
      InnerCaught: { Type: 'Pass' },
    });
    const { output } = await engine.run(
      line({
        Outer: parallel([inner], {
          Catch: [{ ErrorEquals: ['Broken'], Output: 'outer', Next: 'OuterCaught' }],
          Next: 'Done',
        }),
        OuterCaught: { Type: 'Succeed' },
        Done: { Type: 'Succeed' },
      }),
    );
    expect(output).toEqual(['inner']);
  });

  test('each state entered is billed, inside as well', async () => {
    engine = await anEngine();
    const { arn } = await engine.run(
      line({
        Both: parallel([line({ A: { Type: 'Pass' }, B: { Type: 'Pass' } }), line({ C: { Type: 'Pass' } })]),
        After: { Type: 'Pass' },
      }),
    );
    expect(engine.states.transitions(arn)).toBe(5);
  });
});

describe('Map', () => {
  const map = (processor: Asl, state: Asl = {}): Asl => one({ Type: 'Map', ItemProcessor: processor, ...state });

  test('runs its processor once for each item and returns the outputs in the items’ order', async () => {
    engine = await anEngine();
    const { output } = await engine.run(
      map(line({ Rest: { Type: 'Wait', Seconds: '{% $states.input.wait %}', Output: '{% $states.input.name %}' } }), {
        Items: '{% $states.input.list %}',
      }),
      {
        input: {
          list: [
            { name: 'a', wait: 9 },
            { name: 'b', wait: 1 },
            { name: 'c', wait: 5 },
          ],
        },
      },
    );
    expect(output).toEqual(['a', 'b', 'c']);
  });

  test('maps the input itself without Items, and an object’s members with their keys', async () => {
    engine = await anEngine();
    const keep = line({ Keep: { Type: 'Pass', Output: '{% $states.context.Map.Item %}' } });
    expect((await engine.run(map(keep), { input: ['x'] })).output).toEqual([{ Index: 0, Value: 'x' }]);
    expect((await engine.run(map(keep), { input: { k: 1 } })).output).toEqual([{ Index: 0, Key: 'k', Value: 1 }]);
    expect((await engine.run(map(keep, { Items: [] }))).output).toEqual([]);
    expect((await engine.run(map(keep), { input: 7 })).execution.error).toBe('States.Runtime');
    expect((await engine.run(map(keep, { Items: '{% 7 %}' }))).execution.error).toBe('States.QueryEvaluationError');
  });

  test('ItemSelector makes each iteration’s input from the item and what is around it', async () => {
    engine = await anEngine();
    const { output } = await engine.run(
      line({
        Set: { Type: 'Pass', Assign: { zone: 'example.test' } },
        Each: {
          Type: 'Map',
          Items: ['shop', 'www'],
          ItemSelector: {
            name: '{% $states.context.Map.Item.Value & "." & $zone %}',
            index: '{% $states.context.Map.Item.Index %}',
          },
          ItemProcessor: line({ Keep: { Type: 'Pass' } }),
        },
      }),
    );
    expect(output).toEqual([
      { name: 'shop.example.test', index: 0 },
      { name: 'www.example.test', index: 1 },
    ]);
  });

  test('runs no more at once than MaxConcurrency says, and 40 at most', async () => {
    engine = await anEngine();
    const rest = line({ Rest: { Type: 'Wait', Seconds: 60 } });
    const minutes = async (items: number, state: Asl) => {
      const { execution } = await engine.run(map(rest, { Items: Array(items).fill(0), ...state }));
      return Math.round(((execution.stopDate?.getTime() ?? 0) - (execution.startDate?.getTime() ?? 0)) / 60_000);
    };
    expect(await minutes(4, { MaxConcurrency: 1 })).toBe(4);
    expect(await minutes(4, { MaxConcurrency: '{% 1 + 1 %}' })).toBe(2);
    expect(await minutes(40, {})).toBe(1);
    expect(await minutes(41, { MaxConcurrency: 100 })).toBe(2);
  });

  test('has the history that AWS has', async () => {
    engine = await anEngine();
    const ended = await engine.run(map(line({ Keep: { Type: 'Pass' } }), { Items: [1, 2], MaxConcurrency: 1 }));
    expect(trace(ended)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
    expect(ended.events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 2 } });
    expect(ended.events[7]).toMatchObject({ mapIterationStartedEventDetails: { name: 'One', index: 1 } });
  });

  const broken = {
    f: (n: number) => {
      if (n % 2) throw thrown('Odd');
      return n;
    },
  };

  test('a failing iteration calls the others off and starts no more', async () => {
    engine = await anEngine({ functions: broken });
    const ended = await engine.run(
      map(line({ Rest: { Type: 'Wait', Seconds: '{% $states.input * 10 %}' }, Call: invoke('f') }), {
        Items: [4, 1, 6, 8],
        MaxConcurrency: 3,
      }),
    );
    expect(ended.execution).toMatchObject({ status: 'FAILED', error: 'Odd' });
    const failed = ended.events.find(({ type }) => type === 'TaskFailed')?.id ?? 0;
    expect(ended.types.slice(failed)).toEqual([
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'WaitStateAborted',
      'MapIterationAborted',
      'WaitStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(ended.types.filter((type) => type === 'MapIterationStarted')).toHaveLength(3);
  });

  test('tolerates as many failures as it is told', async () => {
    engine = await anEngine({ functions: broken });
    const run = (state: Asl) => engine.run(map(line({ Call: invoke('f') }), { Items: [2, 1, 4, 3], ...state }));
    expect((await run({ ToleratedFailureCount: 2 })).output).toMatchObject([2, { Error: 'Odd' }, 4, { Error: 'Odd' }]);
    expect((await run({ ToleratedFailurePercentage: 50 })).execution.status).toBe('SUCCEEDED');
    expect((await run({ ToleratedFailureCount: 1 })).execution.error).toBe('States.ExceedToleratedFailureThreshold');
    expect((await run({ ToleratedFailurePercentage: 25 })).execution.error).toBe(
      'States.ExceedToleratedFailureThreshold',
    );
  });
});
