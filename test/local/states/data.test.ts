import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AnEngine, anEngine, invoke, line, one, ROLE } from './engine.ts';

let engine: AnEngine;
beforeAll(async () => {
  engine = await anEngine({ functions: { echo: (event) => event, nothing: () => undefined } });
});
afterAll(() => engine.close());

const output = async (state: Record<string, unknown>, input: unknown = {}): Promise<unknown> => {
  const ended = await engine.run(one({ Type: 'Pass', ...state }), { input });
  return ended.execution.status === 'SUCCEEDED' ? ended.output : ended.execution.error;
};

describe('Output', () => {
  test('is the input when there is none', async () => {
    expect(await output({}, { a: 1 })).toEqual({ a: 1 });
  });

  test('is evaluated at every depth, and only where the whole string is an expression', async () => {
    const Output = {
      whole: '{% $states.input.name & "!" %}',
      deep: [{ list: ['{% 1 + 1 %}', 'two'] }],
      notAnExpression: ' {% 1 + 1 %} ',
      inside: 'a {% 1 %} b',
      literal: null,
    };
    expect(await output({ Output }, { name: 'shop' })).toEqual({
      whole: 'shop!',
      deep: [{ list: [2, 'two'] }],
      notAnExpression: ' {% 1 + 1 %} ',
      inside: 'a {% 1 %} b',
      literal: null,
    });
  });

  test('keeps null, and fails on what is undefined', async () => {
    expect(await output({ Output: { v: '{% $states.input.v %}' } }, { v: null })).toEqual({ v: null });
    expect(await output({ Output: { v: '{% $states.input.absent %}' } })).toBe('States.QueryEvaluationError');
  });

  test('is plain JSON: sequences lose what JSONata adds, one element collapses, [] keeps the list', async () => {
    const input = { items: [{ n: 1 }, { n: 2 }] };
    expect(await output({ Output: '{% $states.input.items.n %}' }, input)).toEqual([1, 2]);
    expect(await output({ Output: '{% $states.input.items[n > 1].n %}' }, input)).toBe(2);
    expect(await output({ Output: '{% $states.input.items[n > 1].n[] %}' }, input)).toEqual([2]);
    expect(await output({ Output: '{% [$states.input.items[n > 1].n] %}' }, input)).toEqual([2]);
  });

  test('refuses a function as a value', async () => {
    expect(await output({ Output: '{% function($x) { $x } %}' })).toBe('States.QueryEvaluationError');
    expect(await output({ Output: '{% { "f": $sum } %}' })).toBe('States.QueryEvaluationError');
  });
});

describe('Assign', () => {
  test('is evaluated from the old values, together, and read by later states', async () => {
    const { output: result } = await engine.run(
      line({
        First: { Type: 'Pass', Assign: { a: 1, b: 2 } },
        Swap: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% [$a, $b] %}' },
        Look: { Type: 'Pass', Output: { before: '{% $states.input %}', after: '{% [$a, $b] %}' } },
      }),
    );
    expect(result).toEqual({ before: [1, 2], after: [2, 1] });
  });

  test('sees the result of a task', async () => {
    const { output: result } = await engine.run(
      line({
        Call: invoke('echo', { Assign: { got: '{% $states.result.Payload.n %}' }, Output: '{% $states.input %}' }),
        Look: { Type: 'Pass', Output: '{% $got + 1 %}' },
      }),
      { input: { n: 41 } },
    );
    expect(result).toBe(42);
  });

  test('of a choice rule counts when the rule matches, the state’s own when Default is taken', async () => {
    const machine = line({
      Ask: {
        Type: 'Choice',
        Assign: { by: 'default' },
        Output: 'from default',
        Choices: [
          { Condition: '{% $states.input.n = 1 %}', Assign: { by: 'rule' }, Output: 'from rule', Next: 'Look' },
        ],
        Default: 'Look',
      },
      Look: { Type: 'Pass', Output: '{% [$by, $states.input] %}' },
    });
    expect((await engine.run(machine, { input: { n: 1 } })).output).toEqual(['rule', 'from rule']);
    expect((await engine.run(machine, { input: { n: 2 } })).output).toEqual(['default', 'from default']);
  });
});

describe('$states.context', () => {
  test('tells the execution, the state machine and the state', async () => {
    const { arn, output: context } = await engine.run(one({ Type: 'Pass', Output: '{% $states.context %}' }), {
      input: { a: 1 },
      name: 'context',
    });
    expect(context).toMatchObject({
      Execution: {
        Id: arn,
        Name: 'context',
        Input: { a: 1 },
        RedriveCount: 0,
        RoleArn: ROLE,
        StartTime: expect.stringMatching(/^2026-11-22T\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
      State: { Name: 'One', EnteredTime: expect.stringMatching(/^2026-11-22T/) },
      StateMachine: { Id: expect.stringContaining(':stateMachine:'), Name: expect.any(String) },
    });
    expect(context).not.toHaveProperty('State.RetryCount');
  });
});

describe('a state’s data', () => {
  test('W2: may have 262,144 bytes; more fails the execution, and States.ALL does not catch it', async () => {
    const grow = (Output: string) =>
      line({
        Grow: invoke('echo', { Output, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], Next: 'Done' }),
        Done: { Type: 'Succeed', Output: 'done' },
        Caught: { Type: 'Succeed', Output: 'caught' },
      });
    const input = { text: 'x'.repeat(1000) };
    const big = (count: number) => `{% $join([1..${count}].($states.input.text)) %}`;
    expect((await engine.run(grow(big(262)), { input })).output).toBe('done');
    const { execution } = await engine.run(grow(big(263)), { input });
    expect([execution.status, execution.error]).toEqual(['FAILED', 'States.DataLimitExceeded']);
  });

  test('W2: can be caught by its name', async () => {
    const { output: result } = await engine.run(
      line({
        Grow: invoke('echo', {
          Output: '{% $join([1..263].($states.input.text)) %}',
          Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Caught' }],
          Next: 'Done',
        }),
        Done: { Type: 'Succeed', Output: 'done' },
        Caught: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
      }),
      { input: { text: 'x'.repeat(1000) } },
    );
    expect(result).toBe('States.DataLimitExceeded');
  });
});
