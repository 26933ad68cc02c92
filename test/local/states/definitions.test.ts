import { ValidateStateMachineDefinitionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, invoke, line, one } from './engine.ts';

let engine: AnEngine;
beforeAll(async () => {
  engine = await anEngine();
});
afterAll(() => engine.close());

/** "CODE: message at location" of each problem. */
async function problems(definition: Asl | string): Promise<string[]> {
  const text =
    typeof definition === 'string' ? definition : JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
  const { diagnostics = [], result } = await engine.sfn.send(
    new ValidateStateMachineDefinitionCommand({ definition: text }),
  );
  expect(result).toBe(diagnostics.length === 0 ? 'OK' : 'FAIL');
  return diagnostics.map(({ code, message, location }) => `${code}: ${message}${location ? ` at ${location}` : ''}`);
}

const pass = { Type: 'Pass' };

describe('a definition', () => {
  test('is refused with every fault that it has, by CreateStateMachine too', async () => {
    await expect(engine.create({ StartAt: 'Gone', States: { A: { ...pass, Next: 'B' } } })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'StartAt' target: Gone at /StartAt, " +
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, " +
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A\'',
    });
  });

  test('must be a JSON object with its two fields', async () => {
    expect(await problems('[]')).toEqual(['SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object']);
    expect((await problems('not a definition'))[0]).toMatch(/^INVALID_JSON_DESCRIPTION: /);
    expect(await problems('{}')).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /',
    ]);
  });

  test('in JSONPath is refused, whole or a state of it', async () => {
    const says = "UNSUPPORTED_QUERY_LANGUAGE: JSONPath is not part of the local AWS: set 'QueryLanguage' to 'JSONata'";
    expect(await problems(JSON.stringify(one(pass)))).toEqual([`${says} at /States/One`]);
    expect(await problems({ ...one(pass), QueryLanguage: 'JSONPath' })).toEqual([`${says} at /States/One`]);
    expect(await problems(one({ ...pass, QueryLanguage: 'JSONPath' }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/One",
    ]);
  });

  test('may say JSONata state by state', async () => {
    expect(await problems(JSON.stringify(one({ ...pass, QueryLanguage: 'JSONata' })))).toEqual([]);
  });

  test('has no JSONPath fields', async () => {
    expect(await problems(one({ ...pass, ResultPath: '$.x', Parameters: {} }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/One",
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage at /States/One",
    ]);
  });

  test('has no fields that its states don’t have', async () => {
    expect(await problems({ ...one(pass), Speed: 3 })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'Speed' is not supported at /",
    ]);
    expect(await problems(one({ ...pass, TimeoutSeconds: 3, Retry: [] }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/One",
      "SCHEMA_VALIDATION_FAILED: Field 'Retry' is not supported at /States/One",
    ]);
    expect(await problems(one({ Type: 'Wait', Seconds: 1, Arguments: {} }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'Arguments' is not supported at /States/One",
    ]);
    expect(await problems({ StartAt: 'F', States: { F: { Type: 'Fail', Output: {} } } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'Output' is not supported at /States/F",
    ]);
  });

  test('has only the states that there are', async () => {
    expect(await problems(one({ Type: 'Activity' }))).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value should be one of the following: [Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map] at /States/One/Type',
    ]);
  });

  test('ends, and names no state twice', async () => {
    expect(await problems({ StartAt: 'A', States: { A: { ...pass, Next: 'B' }, B: { ...pass, Next: 'A' } } })).toEqual([
      'MISSING_END_STATE: No state ends the workflow at /States',
    ]);
    expect(await problems(one({ Type: 'Parallel', Branches: [one(pass)] }))).toEqual([
      'DUPLICATE_STATE_NAME: Duplicate state name: One at /States/One/Branches[0]/States/One',
    ]);
    expect(await problems({ StartAt: 'A', States: { A: pass } })).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [Next | End] at /States/A',
    ]);
  });

  test('checks the workflows inside a Parallel and a Map as well', async () => {
    const inner = { StartAt: 'In', States: { In: { ...pass, Next: 'Out' } } };
    expect(await problems(one({ Type: 'Parallel', Branches: [inner] }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Out at /States/One/Branches[0]/States/In/Next",
    ]);
    expect(await problems(one({ Type: 'Map', ItemProcessor: inner }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Out at /States/One/ItemProcessor/States/In/Next",
    ]);
    expect(
      await problems(one({ Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...one(pass) } })),
    ).toContain(
      "SCHEMA_VALIDATION_FAILED: Only the mode 'INLINE' is part of the local AWS at /States/One/ItemProcessor/ProcessorConfig",
    );
    expect(await problems(one({ Type: 'Map', ItemReader: {}, ItemProcessor: line({ In: pass }) }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'ItemReader' is not supported at /States/One",
    ]);
  });

  test('waits for one thing, in whole seconds or until a timestamp', async () => {
    expect(await problems(one({ Type: 'Wait' }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Exactly one of 'Seconds' and 'Timestamp' must be there at /States/One",
    ]);
    expect(await problems(one({ Type: 'Wait', Seconds: 1.5 }))).toEqual([
      'SCHEMA_VALIDATION_FAILED: Expected value of type [INTEGER] at /States/One/Seconds',
    ]);
    expect(await problems(one({ Type: 'Wait', Timestamp: 'tomorrow' }))).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value is not a valid timestamp at /States/One/Timestamp',
    ]);
  });

  test('W3: has time limits that can hold', async () => {
    expect(await problems(one(invoke('f', { TimeoutSeconds: 5, HeartbeatSeconds: 5 })))).toEqual([
      'SCHEMA_VALIDATION_FAILED: HeartbeatSeconds must be smaller than TimeoutSeconds at /States/One/HeartbeatSeconds',
    ]);
    expect(await problems(one(invoke('f', { TimeoutSeconds: 0 })))).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value is not in the range from 1 to 99999999: 0 at /States/One/TimeoutSeconds',
    ]);
  });

  test('retries and catches by names; States.ALL stands alone and last', async () => {
    const retry = (...ErrorEquals: string[]) => ({ ErrorEquals });
    const says = "SCHEMA_VALIDATION_FAILED: 'States.ALL' must stand alone, and in the last entry at /States/One";
    expect(await problems(one(invoke('f', { Retry: [retry('States.ALL', 'A')] })))).toEqual([
      `${says}/Retry[0]/ErrorEquals`,
    ]);
    expect(await problems(one(invoke('f', { Retry: [retry('States.ALL'), retry('A')] })))).toEqual([
      `${says}/Retry[0]/ErrorEquals`,
    ]);
    expect(
      await problems(one(invoke('f', { Retry: [{ ...retry('A'), Interval: 3, JitterStrategy: 'HALF' }] }))),
    ).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value should be one of the following: [FULL, NONE] at /States/One/Retry[0]/JitterStrategy',
      "SCHEMA_VALIDATION_FAILED: Field 'Interval' is not supported at /States/One/Retry[0]",
    ]);
    expect(await problems(one(invoke('f', { Catch: [{ ErrorEquals: ['A'], Next: 'Gone' }] })))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Gone at /States/One/Catch[0]/Next",
    ]);
  });
});

describe('the expressions of a definition', () => {
  const output = (expression: string) => problems(one({ ...pass, Output: { v: `{% ${expression} %}` } }));

  test('are read when it is created', async () => {
    expect(await output('a[1,2)')).toEqual([
      'INVALID_JSONATA_EXPRESSION: S0202: Expected "]", got "," at /States/One/Output/v',
    ]);
  });

  test('have no input document: what stands at the top level is refused', async () => {
    const says = (name: string) =>
      `UNSUPPORTED_JSONATA_EXPRESSION: Reference to '${name}' at the top level is not supported. at /States/One/Output/v`;
    expect(await output('phone')).toEqual([says('phone')]);
    expect(await output('$.phone')).toEqual([says('$')]);
    expect(await output('$map($states.input.a, function($x) { b })')).toEqual([says('b')]);
    expect(await output('$$.phone')).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/One/Output/v",
    ]);
    for (const fine of [
      '$states.input.items[value > 3 and $.n < 2]',
      '$states.input.items.{ "a": b }',
      '$states.input.items^(>price)',
      '$states.input.items{ name: $sum(price) }',
      '$states.input ~> |items|{ "n": n + 1 }|',
      '$states.input.a@$x.b[$x.c = d]#$i.$i',
    ]) {
      expect([fine, await output(fine)]).toEqual([fine, []]);
    }
  });

  test('may be no newer than AWS’s JSONata', async () => {
    expect(await output('$states.input.a ?? 1')).toEqual([
      'UNSUPPORTED_JSONATA_EXPRESSION: The operator "??" is newer than JSONata 2.0.6 at /States/One/Output/v',
    ]);
    expect(await output('$contains("a ?? b", /(?:a|b) \\?\\?/)')).toEqual([]);
  });

  test('read only variables that something assigns, and call only functions that are there', async () => {
    expect(await output('$site.domain')).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Nothing assigns the variable '$site'. at /States/One/Output/v",
    ]);
    expect(await output('$shout("a")')).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Nothing assigns the variable '$shout'. at /States/One/Output/v",
    ]);
    expect(await output('$eval("1 + 1")')).toEqual([
      'UNSUPPORTED_JSONATA_EXPRESSION: The function $eval is not supported. at /States/One/Output/v',
    ]);
    expect(await output('($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(5))')).toEqual([]);
  });

  test('read $states.result and $states.errorOutput only where they are', async () => {
    expect(await output('$states.result')).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.result' is not supported. at /States/One/Output/v",
    ]);
    const task = line({
      Call: invoke('f', {
        Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' },
        Output: '{% $states.errorOutput %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Done' }],
      }),
      Done: pass,
    });
    expect(await problems(task)).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.result' is not supported. at /States/Call/Arguments/Payload",
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.errorOutput' is not supported. at /States/Call/Output",
    ]);
  });
});

describe('variables', () => {
  test('of the surroundings are read inside a Parallel and a Map, but not assigned there', async () => {
    const machine = (inner: Asl) =>
      line({
        Set: { ...pass, Assign: { a: 1 } },
        Both: { Type: 'Parallel', Branches: [line({ In: { ...pass, ...inner } })] },
      });
    expect(await problems(machine({ Output: '{% $a %}', Assign: { b: 2 } }))).toEqual([]);
    expect(await problems(machine({ Assign: { a: 2 } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: The variable 'a' belongs to an outer scope and can't be assigned here at /States/Both/Branches[0]/States/In/Assign",
    ]);
  });

  test('of the inside are not seen outside, nor in another branch', async () => {
    const branches = [line({ In: { ...pass, Assign: { b: 2 } } }), line({ Beside: { ...pass, Output: '{% $b %}' } })];
    const machine = line({ Both: { Type: 'Parallel', Branches: branches }, After: { ...pass, Output: '{% $b %}' } });
    expect(await problems(machine)).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Nothing assigns the variable '$b'. at /States/Both/Branches[1]/States/Beside/Output",
      "UNSUPPORTED_JSONATA_EXPRESSION: Nothing assigns the variable '$b'. at /States/After/Output",
    ]);
  });

  test('have names that are names', async () => {
    expect(await problems(one({ ...pass, Assign: { 'x.$': 1, states: 2 } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Invalid variable name: 'x.$' at /States/One/Assign",
      "SCHEMA_VALIDATION_FAILED: The variable name 'states' is reserved at /States/One/Assign",
    ]);
  });
});

describe('the resource of a task', () => {
  const task = (Resource: string, Arguments: unknown = {}) => problems(one({ Type: 'Task', Resource, Arguments }));

  test('that the local AWS does not have is refused by its name', async () => {
    expect(await task('arn:aws:states:::glue:startJobRun.sync')).toEqual([
      "UNSUPPORTED_RESOURCE: The resource 'arn:aws:states:::glue:startJobRun.sync' cannot be used: the pattern '.sync' is not part of the local AWS at /States/One/Resource",
    ]);
    expect(await task('arn:aws:states:::sns:publish')).toEqual([
      "UNSUPPORTED_RESOURCE: The resource 'arn:aws:states:::sns:publish' cannot be used: the optimized integration 'sns:publish' is not part of the local AWS at /States/One/Resource",
    ]);
    expect(await task('arn:aws:states:::aws-sdk:glue:startJobRun')).toEqual([
      "UNSUPPORTED_RESOURCE: The service 'glue' is not part of the local AWS's SDK integrations at /States/One/Resource",
    ]);
    expect(await task('arn:aws:states:us-east-1:123456789012:activity:walk')).toEqual([
      "UNSUPPORTED_RESOURCE: The resource provided 'arn:aws:states:us-east-1:123456789012:activity:walk' is not recognized at /States/One/Resource",
    ]);
  });

  test('has the arguments that its operation has', async () => {
    const putEvents = 'arn:aws:states:::aws-sdk:eventbridge:putEvents';
    expect(await task(putEvents, { Entries: [{ Source: 'nameplate', Detail: '{% $string({}) %}' }] })).toEqual([]);
    expect(await task(putEvents, '{% $states.input %}')).toEqual([]);
    expect(await task(putEvents, { entries: [] })).toEqual([
      'SCHEMA_VALIDATION_FAILED: The field "entries" is not supported by Step Functions at /States/One/Arguments',
      "SCHEMA_VALIDATION_FAILED: The field 'Entries' is required but was missing at /States/One/Arguments",
    ]);
    expect(await task(putEvents, { Entries: [{ Detail: {} }] })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The value for the field 'Detail' must be a STRING at /States/One/Arguments",
    ]);
    expect(await task('arn:aws:states:::aws-sdk:sfn:danceExecution')).toEqual([
      "SCHEMA_VALIDATION_FAILED: The action 'danceExecution' is not one of 'sfn' at /States/One/Arguments",
    ]);
    expect(await task('arn:aws:states:::lambda:invoke', { Function: 'f' })).toEqual([
      'SCHEMA_VALIDATION_FAILED: The field "Function" is not supported by Step Functions at /States/One/Arguments',
      "SCHEMA_VALIDATION_FAILED: The field 'FunctionName' is required but was missing at /States/One/Arguments",
    ]);
  });
});
