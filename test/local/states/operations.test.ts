import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, one, ROLE } from './engine.ts';

let engine: AnEngine;
beforeEach(async () => {
  engine = await anEngine();
});
afterEach(() => engine.close());

const rest = one({ Type: 'Wait', Seconds: 3600 });
const text = (definition: Asl) => JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
const DAY_MS = 86_400_000;

describe('CreateStateMachine', () => {
  const create = (input: object = {}) =>
    engine.sfn.send(
      new CreateStateMachineCommand({ name: 'onboard', definition: text(rest), roleArn: ROLE, ...input }),
    );

  test('makes a state machine that can be described and listed', async () => {
    const { stateMachineArn } = await create({ tags: [{ key: 'nameplate:stack', value: 'Nameplate' }] });
    expect(stateMachineArn).toBe('arn:aws:states:us-east-1:123456789012:stateMachine:onboard');
    expect(await engine.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      stateMachineArn,
      name: 'onboard',
      status: 'ACTIVE',
      type: 'STANDARD',
      roleArn: ROLE,
      definition: text(rest),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
    const { stateMachines } = await engine.sfn.send(new ListStateMachinesCommand());
    expect(stateMachines).toMatchObject([{ name: 'onboard', type: 'STANDARD' }]);
    const { tags } = await engine.sfn.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
    expect(tags).toEqual([{ key: 'nameplate:stack', value: 'Nameplate' }]);
  });

  test('twice with the same definition makes one, with another is refused', async () => {
    const first = await create();
    expect(await create({ roleArn: 'arn:aws:iam::123456789012:role/Other' })).toMatchObject({
      stateMachineArn: first.stateMachineArn,
      creationDate: first.creationDate,
    });
    await expect(create({ definition: text(one({ Type: 'Pass' })) })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${first.stateMachineArn}'`,
    });
  });

  test('refuses a role that is not there or trusts another service, then and at an update', async () => {
    const letting = (Service: string) => ({
      Statement: { Effect: 'Allow' as const, Principal: { Service }, Action: 'sts:AssumeRole' },
    });
    const trust = new Map([
      [ROLE, letting('states.amazonaws.com')],
      ['arn:aws:iam::123456789012:role/Other', letting('lambda.amazonaws.com')],
    ]);
    await engine.close();
    engine = await anEngine({ trustOf: (roleArn) => trust.get(roleArn) });
    const { stateMachineArn } = await create();
    for (const name of ['Other', 'Gone']) {
      const roleArn = `arn:aws:iam::123456789012:role/${name}`;
      const refused = {
        name: 'AccessDeniedException',
        message: expect.stringContaining('is authorized to assume the provided role.'),
      };
      await expect(create({ name: 'other', roleArn })).rejects.toMatchObject(refused);
      const update = new UpdateStateMachineCommand({ stateMachineArn, roleArn });
      await expect(engine.sfn.send(update)).rejects.toMatchObject(refused);
    }
  });

  test('refuses names, roles and types that it cannot have', async () => {
    await expect(create({ name: 'on board' })).rejects.toMatchObject({
      name: 'InvalidName',
      message: "Invalid Name: 'on board'",
    });
    await expect(create({ roleArn: 'Workflow' })).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(create({ type: 'FAST' })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(create({ type: 'EXPRESS' })).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
    await expect(create({ publish: true })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(create({ loggingConfiguration: { level: 'ALL' } })).rejects.toMatchObject({
      name: 'InvalidLoggingConfiguration',
    });
  });

  test('is per region', async () => {
    await create();
    const elsewhere = engine.client(SFNClient, { region: 'eu-west-1' });
    const { stateMachines } = await elsewhere.send(new ListStateMachinesCommand());
    expect(stateMachines).toEqual([]);
  });
});

describe('UpdateStateMachine', () => {
  test('W13: lets executions that run, or begin some seconds later, keep the definition that it had', async () => {
    const stateMachineArn = await engine.create(rest);
    const old = await engine.start(stateMachineArn);
    const { revisionId } = await engine.sfn.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: text(one({ Type: 'Pass', Output: 'new' })) }),
    );
    const soon = await engine.start(stateMachineArn);
    await engine.clock.advance(3_000);
    expect((await engine.run(stateMachineArn)).output).toBe('new');
    expect((await engine.end(soon, { limitMs: 7_200_000 })).output).toEqual({});
    expect((await engine.end(old, { limitMs: 7_200_000 })).output).toEqual({});
    const of = (executionArn: string) => engine.sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect((await of(old)).definition).toBe(text(rest));
    expect(await engine.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({ revisionId });
  });

  test('keeps the revision when nothing changes, and wants something to change', async () => {
    const stateMachineArn = await engine.create(rest);
    const update = (input: object) => engine.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, ...input }));
    const { revisionId } = await update({ roleArn: 'arn:aws:iam::123456789012:role/Other' });
    expect((await update({ definition: text(rest) })).revisionId).toBe(revisionId);
    await expect(update({})).rejects.toMatchObject({ name: 'MissingRequiredParameter' });
    await expect(update({ definition: '{}' })).rejects.toMatchObject({ name: 'InvalidDefinition' });
  });
});

describe('DeleteStateMachine', () => {
  test('ends running executions at their next transition, then it is gone; gone twice is fine', async () => {
    const stateMachineArn = await engine.create({
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', Seconds: 60, Next: 'After' }, After: { Type: 'Pass', End: true } },
    });
    const arn = await engine.start(stateMachineArn);
    await engine.clock.advance(10_000);
    const remove = () => engine.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await remove();
    const { status } = await engine.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(status).toBe('DELETING');
    await expect(engine.start(stateMachineArn)).rejects.toMatchObject({ name: 'StateMachineDeleting' });
    expect((await engine.end(arn)).execution.status).toBe('ABORTED');
    await expect(engine.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    });
    await remove();
  });
});

describe('StartExecution', () => {
  test('W4: the same name with the same input is the same execution while it runs', async () => {
    const stateMachineArn = await engine.create(rest);
    const start = (input: string) =>
      engine.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'shop-r1-onboard', input }));
    const first = await start('{"domain":"shop"}');
    expect(first.executionArn).toBe('arn:aws:states:us-east-1:123456789012:execution:machine-1:shop-r1-onboard');
    expect(await start('{"domain":"shop"}')).toMatchObject({
      executionArn: first.executionArn,
      startDate: first.startDate,
    });
    const taken = { name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${first.executionArn}'` };
    await expect(start('{"domain":"www"}')).rejects.toMatchObject(taken);
    await engine.end(first.executionArn ?? '');
    await expect(start('{"domain":"shop"}')).rejects.toMatchObject(taken);
  });

  test('W4: a name is free again 90 days after its execution has ended, which is forgotten then', async () => {
    const stateMachineArn = await engine.create(rest);
    const arn = await engine.start(stateMachineArn, { name: 'one' });
    await engine.end(arn);
    await engine.clock.advance(89 * DAY_MS);
    await expect(engine.start(stateMachineArn, { name: 'one' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    await engine.clock.advance(2 * DAY_MS);
    await expect(engine.sfn.send(new DescribeExecutionCommand({ executionArn: arn }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${arn}'`,
    });
    expect(await engine.start(stateMachineArn, { name: 'one' })).toBe(arn);
  });

  test('names an execution itself when it isn’t named', async () => {
    expect(await engine.start(rest)).toMatch(/:machine-1:[0-9a-f-]{36}$/);
  });

  test('refuses names that are none and input that is not JSON or too long', async () => {
    const stateMachineArn = await engine.create(rest);
    const start = (input: object) => engine.sfn.send(new StartExecutionCommand({ stateMachineArn, ...input }));
    for (const name of ['a b', 'a/b', 'a:b', 'a*', 'é\u0085']) {
      await expect(start({ name })).rejects.toMatchObject({ name: 'InvalidName', message: `Invalid Name: '${name}'` });
    }
    // Source: issue 37 of wolfeidau/buildkite-serverless-agent; checked 2026-11-30.
    await expect(start({ name: 'a'.repeat(81) })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'name' failed to satisfy constraint: Member must have length less than or"),
    });
    await expect(start({ input: '' })).rejects.toMatchObject({
      message: "Invalid State Machine Execution Input: 'Invalid execution input.'",
    });
    await expect(start({ input: 'not json' })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
      message: expect.stringContaining('Invalid State Machine Execution Input: '),
    });
    await expect(start({ input: `"${'x'.repeat(262_143)}"` })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(start({ stateMachineArn: `${stateMachineArn}x` })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    await expect(start({ stateMachineArn: 'machine-1' })).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: machine-1'",
    });
  });

  test('is throttled after its burst, and again when AWS time has passed it isn’t', async () => {
    const stateMachineArn = await engine.create(one({ Type: 'Pass' }));
    const start = () =>
      engine.dispatch({
        service: 'states',
        operation: 'StartExecution',
        input: { stateMachineArn },
        principal: { arn: 'arn:aws:iam::123456789012:root' },
      });
    let started = 0;
    const tooFast = async () => {
      for (; started < 5000; started++) {
        try {
          await start();
        } catch (error) {
          return (error as Error).name;
        }
      }
      return 'never';
    };
    expect(await tooFast()).toBe('ThrottlingException');
    expect(started).toBeGreaterThanOrEqual(1300);
    await engine.clock.advance(1000);
    await start();
  });
});

describe('StopExecution', () => {
  test('aborts it with an error and a cause; one that has ended stays as it is', async () => {
    const executionArn = await engine.start(rest);
    await engine.clock.advance(1000);
    const stop = () => engine.sfn.send(new StopExecutionCommand({ executionArn, error: 'Called', cause: 'off' }));
    await stop();
    const { execution, events } = await engine.end(executionArn);
    expect(execution).toMatchObject({ status: 'ABORTED', error: 'Called', cause: 'off' });
    expect(events.slice(-2)).toMatchObject([
      { type: 'WaitStateEntered' },
      { type: 'ExecutionAborted', previousEventId: 0, executionAbortedEventDetails: { error: 'Called', cause: 'off' } },
    ]);
    await engine.clock.advance(DAY_MS);
    expect((await stop()).stopDate).toEqual(execution.stopDate);
    expect((await engine.look(executionArn)).events).toHaveLength(events.length);
  });
});

describe('ListExecutions', () => {
  test('lists the latest first, by status, in pages', async () => {
    const stateMachineArn = await engine.create(rest);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await engine.start(stateMachineArn, { name });
      await engine.clock.advance(1000);
    }
    await engine.sfn.send(
      new StopExecutionCommand({ executionArn: `${stateMachineArn.replace('stateMachine', 'execution')}:b` }),
    );
    const list = async (input: object) => {
      const { executions = [], nextToken } = await engine.sfn.send(
        new ListExecutionsCommand({ stateMachineArn, ...input }),
      );
      return { names: executions.map(({ name }) => name), nextToken };
    };
    expect((await list({})).names).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect((await list({ statusFilter: 'RUNNING' })).names).toEqual(['e', 'd', 'c', 'a']);
    expect((await list({ statusFilter: 'ABORTED' })).names).toEqual(['b']);
    const first = await list({ maxResults: 2 });
    expect(first.names).toEqual(['e', 'd']);
    await engine.start(stateMachineArn, { name: 'f' });
    const second = await list({ maxResults: 2, nextToken: first.nextToken });
    expect(second.names).toEqual(['c', 'b']);
    const third = await list({ maxResults: 2, nextToken: second.nextToken });
    expect(third).toEqual({ names: ['a'], nextToken: undefined });
    await expect(list({ maxResults: 1001 })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(list({ nextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(list({ statusFilter: 'succeeded' })).rejects.toMatchObject({
      message:
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    });
  });
});

describe('tags', () => {
  test('are put, replaced and taken away, 50 at most', async () => {
    const resourceArn = await engine.create(rest);
    const tag = (tags: { key: string; value: string }[]) =>
      engine.sfn.send(new TagResourceCommand({ resourceArn, tags }));
    await tag([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ]);
    await tag([{ key: 'a', value: '3' }]);
    await engine.sfn.send(new UntagResourceCommand({ resourceArn, tagKeys: ['b'] }));
    const { tags } = await engine.sfn.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ key: 'a', value: '3' }]);
    const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }));
    await expect(tag(many)).rejects.toMatchObject({ name: 'TooManyTags' });
    await expect(tag([{ key: 'aws:x', value: '' }])).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('events', () => {
  test('say when an execution starts and how it ends', async () => {
    const { arn } = await engine.run(one({ Type: 'Pass', Output: { n: 1 } }), { input: { a: 1 } });
    const failed = await engine.run({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E', Cause: 'C' } } });
    const heard = engine.events.map(({ source, detailType, resources, detail }) => [
      source,
      detailType,
      resources[0],
      detail,
    ]);
    const what = ['aws.states', 'Step Functions Execution Status Change'];
    expect(heard).toMatchObject([
      [...what, arn, { status: 'RUNNING', input: '{"a":1}', output: null, stopDate: null }],
      [...what, arn, { status: 'SUCCEEDED', output: '{"n":1}', outputDetails: { included: true } }],
      [...what, failed.arn, { status: 'RUNNING' }],
      [...what, failed.arn, { status: 'FAILED', error: 'E', cause: 'C', redriveStatus: 'REDRIVABLE' }],
    ]);
  });

  test('of the history are heard as they happen', async () => {
    const heard: string[] = [];
    const stop = engine.states.onEvent(({ executionArn, event }) =>
      heard.push(`${executionArn.split(':').pop()} ${event.type}`),
    );
    await engine.run(one({ Type: 'Pass' }), { name: 'heard' });
    stop();
    await engine.run(one({ Type: 'Pass' }), { name: 'unheard' });
    expect(heard).toEqual([
      'heard ExecutionStarted',
      'heard PassStateEntered',
      'heard PassStateExited',
      'heard ExecutionSucceeded',
    ]);
  });
});
