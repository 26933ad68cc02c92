import { describe, expect, test } from '@jest/globals';
import { expanded } from '../../../infra/workflows/definition.ts';
import type { AuthoredTask, State, Task } from '../../../infra/workflows/states.ts';

/** A task as it is deployed. */
const task = (written: Partial<AuthoredTask>, name = 'FindZone'): Task =>
  expanded({ StartAt: name, States: { [name]: { Type: 'Task', ...written } as State } }).States[name] as Task;
/** What every function is handed. */
const given = {
  domain: '{% $states.context.Execution.Input.domain %}',
  revision: '{% $states.context.Execution.Input.revision %}',
  workflow: '${WorkflowVersion}',
};
const retried = ({ Retry = [] }: Task): string[] => Retry.flatMap(({ ErrorEquals }) => ErrorEquals);

describe('expanded()', () => {
  test('W13: has a task call the function of its own name with the input of the execution and the version of its workflow', () => {
    expect(task({})).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: '${FindZone}', Payload: given },
      TimeoutSeconds: 60,
      Output: '{% $states.result.Payload %}',
    });
    expect(retried(task({}))).toEqual(expect.arrayContaining(['NotReady', 'Denied', 'Throttled', 'States.Timeout']));
  });

  test('keeps what a task says itself', () => {
    const written = { Arguments: { FunctionName: '${Other}' }, TimeoutSeconds: 5, Output: {}, Next: 'B' };
    expect(task(written)).toMatchObject({
      ...written,
      Arguments: { FunctionName: '${Other}', Payload: given },
    });
    const payload = { Arguments: { Payload: { error: '{% $failure %}' } } };
    expect(task(payload).Arguments?.Payload).toEqual({ ...given, error: '{% $failure %}' });
  });

  test('adds no second retrier for what a task retries or catches itself', () => {
    const { Retry = [] } = task({ Retry: { NotReady: 'every 15 s, for 45 s' } });
    expect(Retry[0]).toEqual({ ErrorEquals: ['NotReady'], IntervalSeconds: 15, BackoffRate: 1, MaxAttempts: 3 });
    expect(retried({ Type: 'Task', Retry }).filter((error) => error === 'NotReady')).toHaveLength(1);
    const caught = retried(task({ Catch: [{ ErrorEquals: ['States.Timeout'] }] }));
    expect(caught).not.toContain('States.Timeout');
    expect(caught).toContain('Throttled');
  });

  test('leaves a task that waits for its token the output that the token brings', () => {
    const waiting = task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' });
    expect(waiting).not.toHaveProperty('Output');
    expect(waiting.TimeoutSeconds).toBe(60);
  });

  test('limits and retries a task that calls AWS itself, and fails it where EventBridge took no event', () => {
    const put = task({ Resource: 'arn:aws:states:::aws-sdk:eventbridge:putEvents', Arguments: { Entries: [] } });
    expect(put).toMatchObject({ Arguments: { Entries: [] }, TimeoutSeconds: 60 });
    expect(put.Output).toMatch(/FailedEntryCount/);
    expect(retried(put)).toEqual(['States.ALL']);
  });

  test('reaches into branches, and leaves every other state as it is', () => {
    const wait = { Type: 'Wait', Seconds: 15, End: true };
    const inner = { StartAt: 'ClaimSite', States: { ClaimSite: { Type: 'Task' }, Rest: wait as State } };
    const both: State = { Type: 'Parallel', Branches: [inner] };
    const { Both } = expanded({ StartAt: 'Both', States: { Both: both } }).States;
    expect(Both?.Branches?.[0]?.States).toMatchObject({
      ClaimSite: { Arguments: { FunctionName: '${ClaimSite}' } },
      Rest: wait,
    });
  });
});
