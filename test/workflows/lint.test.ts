import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import { compile } from '../../local/services/states/machines/compile.ts';
import { deployedWorkflows, substituted, unassigned, withoutTimeout } from '../support/asl.ts';

const workflows = deployedWorkflows();

test('there are workflows', () => {
  expect(workflows.map(({ name }) => name)).toContain('Onboard');
});

describe.each(workflows)('$name', ({ text }) => {
  test('is valid for asl-validator', () => {
    const { isValid, errors } = aslValidator(JSON.parse(text));
    expect(errors.map(({ Message: message }) => message)).toEqual([]);
    expect(isValid).toBe(true);
  });

  test('is a definition that CreateStateMachine takes: every expression, field, target, resource and argument', async () => {
    expect((await compile(text)).problems).toEqual([]);
  });

  test('is in JSONata throughout', () => {
    expect(JSON.parse(text).QueryLanguage).toBe('JSONata');
    expect(text).not.toMatch(/JSONPath|"[^"]*\.\$"\s*:/);
  });

  test('W3: has no task without TimeoutSeconds', async () => {
    const { definition } = await compile(text);
    expect(withoutTimeout(definition.workflow, JSON.parse(text))).toEqual([]);
  });

  test('reads variables only where every path has assigned them', async () => {
    const { definition } = await compile(text);
    expect(unassigned(definition.workflow)).toEqual([]);
  });
});

describe('the lint', () => {
  const workflow = async (states: Record<string, object>) => {
    const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states };
    const compiled = await compile(JSON.stringify(definition));
    expect(compiled.problems).toEqual([]);
    return { definition, workflow: compiled.definition.workflow };
  };
  const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };

  test('finds a variable that one path leaves out', async () => {
    const made = await workflow({
      Call: {
        ...task,
        Assign: { made: 1 },
        Catch: [{ ErrorEquals: ['A'], Assign: { error: 1 }, Next: 'Look' }],
        Next: 'Look',
      },
      Look: { Type: 'Pass', Output: '{% [$made, $error] %}', End: true },
    });
    expect(unassigned(made.workflow)).toEqual(['Look reads $made', 'Look reads $error']);
  });

  test('finds none where each rule of a choice assigns it, where it is asked for, and in a loop', async () => {
    const made = await workflow({
      Ask: {
        Type: 'Choice',
        Choices: [{ Condition: true, Assign: { way: 1 }, Next: 'Rest' }],
        Assign: { way: 2 },
        Default: 'Rest',
      },
      Rest: { Type: 'Wait', Seconds: 1, Assign: { turns: '{% $exists($turns) ? $turns + 1 : 0 %}' }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Output: '{% $way %}', End: true } } }],
        Next: 'Again',
      },
      Again: { Type: 'Choice', Choices: [{ Condition: '{% $turns < 3 %}', Next: 'Rest' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    });
    expect(unassigned(made.workflow)).toEqual([]);
  });

  test('finds a task without TimeoutSeconds, inside a Parallel too', async () => {
    const inner = { StartAt: 'In', States: { In: { ...task, End: true } } };
    const { workflow: compiled, definition } = await workflow({
      Limited: { ...task, TimeoutSeconds: 5, Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [inner], End: true },
    });
    expect(withoutTimeout(compiled, definition)).toEqual(['In']);
  });

  test('puts ARNs where CDK does', () => {
    expect(substituted('"${ClaimSite}"')).toBe('"arn:aws:lambda:us-east-1:123456789012:function:ClaimSite"');
  });
});
