import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsonata from 'jsonata';
import { Draws } from '../../../local/draws/draws.ts';
import { FUNCTION_NAMES } from '../../../local/services/states/language/function-names.ts';
import { statesFunctions } from '../../../local/services/states/language/functions.ts';
import { type AnEngine, anEngine, one } from './engine.ts';

let engine: AnEngine;
beforeAll(async () => {
  engine = await anEngine();
});
afterAll(() => engine.close());

async function evaluate(expression: string, input: unknown = {}): Promise<unknown> {
  const { execution, output } = await engine.run(one({ Type: 'Pass', Output: `{% ${expression} %}` }), { input });
  return execution.status === 'SUCCEEDED' ? output : execution.cause;
}

describe('the functions that Step Functions adds', () => {
  test('$partition cuts a list into chunks, the last one shorter', async () => {
    expect(await evaluate('$partition([1..5], 2)')).toEqual([[1, 2], [3, 4], [5]]);
    expect(await evaluate('$partition([1..5], 2.9)')).toEqual([[1, 2], [3, 4], [5]]);
    expect(await evaluate('$partition([1..5], 0)')).toContain('returned nothing (undefined)');
  });

  test('$range goes from one number to another in steps, both ends included', async () => {
    expect(await evaluate('$range(1, 9, 2)')).toEqual([1, 3, 5, 7, 9]);
    expect(await evaluate('$range(3, 1, -1)')).toEqual([3, 2, 1]);
    expect(await evaluate('$range(1, 1, 1)')).toBe(1);
    expect(await evaluate('$range(3, 1, 1)')).toContain('returned nothing (undefined)');
    expect(await evaluate('$range(1, 900000, 1)')).toContain('memory limit exceeded');
  });

  test('$hash names its algorithm', async () => {
    expect(await evaluate('$hash("shop", "SHA-256")')).toBe(
      '8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20',
    );
    expect(await evaluate('$hash("", "MD5")')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(await evaluate('$hash("shop", "CRC32")')).toContain('Cannot hash with "CRC32"');
  });

  test('$parse reads JSON', async () => {
    expect(await evaluate('$parse($states.input.text).a[1]', { text: '{"a":[1,2]}' })).toBe(2);
    expect(await evaluate('$parse("{")')).toContain(
      "specified for the field 'Output' threw an error during evaluation.",
    );
  });

  test('$random and $uuid are drawn from the seed; a seeded $random is the same each time', async () => {
    const other = await anEngine();
    const machine = one({ Type: 'Pass', Output: '{% [$random(), $uuid(), $random(7)] %}' });
    const [first, again] = [(await engine.run(machine)).output, (await other.run(machine)).output] as unknown[][];
    expect(again).toEqual(first);
    expect(first?.[0]).toBeGreaterThanOrEqual(0);
    expect(first?.[0]).toBeLessThan(1);
    expect(first?.[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await evaluate('$random(7)')).toBe(first?.[2]);
    await other.close();
  });

  test('every name that an expression may call is a function', async () => {
    const functions = statesFunctions({ draws: new Draws(1), now: new Date() });
    for (const name of FUNCTION_NAMES) {
      expect([name, await jsonata(`$type($${name})`).evaluate(undefined, functions)]).toEqual([name, 'function']);
    }
  });
});

describe('an expression', () => {
  test('sees AWS time', async () => {
    await engine.clock.advance(86_400_000);
    expect(await evaluate('$now()')).toMatch(/^2026-11-2[3-9]T/);
    expect(await evaluate('$now("[Y]/[M]/[D]")')).toMatch(/^2026\/11\/2[3-9]$/);
    expect(await evaluate('$toMillis($now()) = $millis()')).toBe(true);
  });

  test('reaches nothing but data', async () => {
    for (const way of [
      '$states.input.constructor',
      '$states.input.__proto__',
      '$sum.constructor',
      '$lookup($states.input, "constructor")',
      '$lookup($states.input, "toString")',
    ]) {
      expect([way, await evaluate(way)]).toEqual([way, expect.stringContaining('returned nothing (undefined)')]);
    }
    await evaluate('{ "__proto__": { "polluted": true } }');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('cannot run away', async () => {
    expect(await evaluate('($f := function($n) { 1 + $f($n) }; $f(1))')).toContain('D1011');
    const terms = (count: number) => Array.from({ length: count }, () => 1).join('+');
    expect(await evaluate(terms(100))).toBe(100);
    expect(await evaluate(terms(101))).toContain('D1011');
  });

  test('fails with what failed, where, and in which state', async () => {
    const { execution, events } = await engine.run(
      one({ Type: 'Pass', Output: { list: [1, { sum: '{% $states.input.a + "b" %}' }] } }),
      { input: { a: 1 } },
    );
    const cause =
      "An error occurred while executing the state 'One' (entered at the event id #2). The JSONata expression '$states.input.a + \"b\"' " +
      'specified for the field \'Output/list[1]/sum\' threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number.';
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause });
    expect(events.slice(-2)).toMatchObject([
      {
        type: 'EvaluationFailed',
        id: 3,
        previousEventId: 2,
        evaluationFailedEventDetails: {
          error: 'States.QueryEvaluationError',
          cause,
          location: 'Output/list[1]/sum',
          state: 'One',
        },
      },
      { type: 'ExecutionFailed', id: 4, previousEventId: 3, executionFailedEventDetails: { cause } },
    ]);
  });

  test('writes a number that is not finite as its word', async () => {
    expect(await evaluate('[1/0]')).toEqual(['Infinity']);
  });
});
