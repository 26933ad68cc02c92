import { afterEach, describe, expect, test } from '@jest/globals';
import { AwsError, type Call, type Operation, type Service } from '../../../local/wire/service.ts';
import { type AnEngine, type Asl, anEngine, invoke, line, one, ROLE, thrown } from './engine.ts';

let engine: AnEngine;
afterEach(() => engine.close());

/** A service of which the test writes the operations. */
const aService = (
  name: string,
  module: () => Promise<Record<string, unknown>>,
  operations: Record<string, Operation<never>>,
): Service => ({
  name,
  protocol: 'awsJson1_1',
  model: module,
  operations,
});

const eventbridge = (run: (input: never, call: Call) => unknown) =>
  aService('events', () => import('@aws-sdk/client-eventbridge'), { PutEvents: { run } });

const sdk = (what: string, Arguments: unknown, state: Asl = {}): Asl => ({
  Type: 'Task',
  Resource: `arn:aws:states:::aws-sdk:${what}`,
  Arguments,
  ...state,
});

describe('lambda:invoke', () => {
  test('gives the payload as JSON and returns the answer with its metadata', async () => {
    engine = await anEngine({ functions: { add: ({ a, b }: { a: number; b: number }) => a + b } });
    const { output, events } = await engine.run(
      one(
        invoke('add', {
          Arguments: { FunctionName: 'add', Payload: { a: '{% 1 %}', b: 2 } },
          Output: '{% $states.result %}',
        }),
      ),
    );
    expect(output).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: 3,
      StatusCode: 200,
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(events[2]).toMatchObject({
      type: 'TaskScheduled',
      taskScheduledEventDetails: {
        resourceType: 'lambda',
        resource: 'invoke',
        region: 'us-east-1',
        parameters: '{"FunctionName":"add","Payload":{"a":1,"b":2}}',
      },
    });
  });

  test('calls as the role of the state machine', async () => {
    let principal = '';
    engine = await anEngine({
      functions: {
        who: (_event, call) => {
          principal = call.principal.arn;
          return call.principal.roleArn;
        },
      },
    });
    expect((await engine.run(one(invoke('who')))).output).toBe(ROLE);
    expect(principal).toMatch(/^arn:aws:sts::123456789012:assumed-role\/TestRole1\/[0-9a-f]{32}$/);
  });

  test('without the permission fails as AWS has it, naming the action and the function', async () => {
    engine = await anEngine({ allow: ['sns:*'], functions: { f: () => 1 } });
    const { execution } = await engine.run(one(invoke('f')));
    expect(execution.error).toBe('Lambda.AWSLambdaException');
    expect(execution.cause).toMatch(
      /^User: arn:aws:sts::123456789012:assumed-role\/TestRole1\/\w+ is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:f .*\(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
    );
  });

  test('A9: brings a text back as it is, and an empty object for no Payload', async () => {
    engine = await anEngine({ functions: { echo: (event) => event } });
    const echo = async (more: object) =>
      (await engine.run(one(invoke('echo', { Arguments: { FunctionName: 'echo', ...more } })))).output;
    expect(await echo({ Payload: 'a text' })).toBe('a text');
    expect(await echo({ Payload: '{"a":1}' })).toBe('{"a":1}');
    expect(await echo({})).toEqual({});
  });

  test('names errors after what the function threw, and Lambda’s own after Lambda', async () => {
    const raw: unknown[] = [];
    engine = await anEngine({
      functions: {
        conflict: () => {
          throw thrown('Conflict', 'A record stands in the way');
        },
        untyped: () => {
          throw raw[0];
        },
      },
    });
    const run = async (name: string) => (await engine.run(one(invoke(name)))).execution;
    expect(await run('conflict')).toMatchObject({
      error: 'Conflict',
      cause: '{"errorType":"Conflict","errorMessage":"A record stands in the way","trace":[]}',
    });
    expect(await run('gone')).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });

    raw.push({ errorMessage: '2026-11-22T12:00:00.000Z Task timed out after 30.00 seconds' });
    expect(await run('untyped')).toMatchObject({
      error: 'Lambda.Unknown',
      cause:
        'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"2026-11-22T12:00:00.000Z Task timed out after 30.00 seconds"}',
    });
    raw[0] = { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 30.00 seconds' };
    expect(await run('untyped')).toMatchObject({ error: 'Sandbox.Timedout' });

    const fault = async (rule: object) => {
      engine.faults.add({ service: 'lambda', operation: 'Invoke', kind: 'error-before', ...rule });
      return (await run('conflict')).error;
    };
    expect(await fault({ code: 'TooManyRequestsException' })).toBe('Lambda.TooManyRequestsException');
    expect(await fault({ code: 'ServiceException' })).toBe('Lambda.ServiceException');
    expect(await fault({ kind: 'reset-before' })).toBe('Lambda.SdkClientException');
    expect(await fault({})).toBe('Lambda.AWSLambdaException');
  });

  test('whose arguments are not what it takes fails before it is called', async () => {
    engine = await anEngine({ functions: { f: () => 1 } });
    const { execution } = await engine.run(one(invoke('f', { Arguments: '{% { "Name": "f" } %}' })));
    expect(execution).toMatchObject({
      error: 'States.Runtime',
      cause:
        'The Parameters \'{"Name":"f"}\' could not be used to start the Task: [The field "Name" is not supported by Step Functions, The field \'FunctionName\' is required but was missing]',
    });
  });
});

describe('a function’s ARN as the resource', () => {
  const direct = (name: string, state: Asl = {}) =>
    one({ Type: 'Task', Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, ...state });

  test('gives it the input or the arguments, and its answer is the result', async () => {
    engine = await anEngine({ functions: { echo: (event) => ({ event }) } });
    const { output, types } = await engine.run(direct('echo', { Arguments: { n: 1 } }));
    expect(output).toEqual({ event: { n: 1 } });
    expect(types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect((await engine.run(direct('echo'), { input: { n: 2 } })).output).toEqual({ event: { n: 2 } });
  });

  test('times out and fails with events of its own', async () => {
    engine = await anEngine({
      functions: {
        fail: () => {
          throw thrown('Broken');
        },
      },
    });
    expect((await engine.run(direct('fail'))).events.at(-2)).toMatchObject({
      type: 'LambdaFunctionFailed',
      lambdaFunctionFailedEventDetails: { error: 'Broken' },
    });
    engine.faults.add({ service: 'lambda', operation: 'Invoke', kind: 'slow', seconds: 600 });
    expect((await engine.run(direct('fail', { TimeoutSeconds: 5 }))).events.at(-2)).toMatchObject({
      type: 'LambdaFunctionTimedOut',
      lambdaFunctionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });
});

describe('aws-sdk', () => {
  test('calls an operation with its own parameters, in PascalCase, and returns its output so', async () => {
    const seen: unknown[] = [];
    engine = await anEngine({
      services: () => [
        eventbridge((input) => {
          seen.push(input);
          return { FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] };
        }),
      ],
    });
    const { output, events } = await engine.run(
      one(
        sdk('eventbridge:putEvents', {
          Entries: [
            {
              Source: 'nameplate',
              DetailType: 'Site Live',
              Detail: '{% $string({ "domain": $states.input.domain }) %}',
              Time: '2026-11-22T12:00:00Z',
            },
          ],
        }),
      ),
      { input: { domain: 'shop.example.test' } },
    );
    expect(seen).toEqual([
      {
        Entries: [
          {
            Source: 'nameplate',
            DetailType: 'Site Live',
            Detail: '{"domain":"shop.example.test"}',
            Time: new Date('2026-11-22T12:00:00Z'),
          },
        ],
      },
    ]);
    expect(output).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] });
    expect(events[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'aws-sdk:eventbridge',
      resource: 'putEvents',
    });
  });

  test('speaks PascalCase also where the service does not, and instants in ISO 8601', async () => {
    engine = await anEngine();
    const child = await engine.create(one({ Type: 'Pass', Output: 'child' }), { name: 'child' });
    const { output } = await engine.run(
      one(sdk('sfn:startExecution', { StateMachineArn: child, Name: 'one', Input: '{}' })),
    );
    expect(output).toEqual({
      ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:child:one',
      StartDate: expect.stringMatching(/^2026-11-22T\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test('names errors after the SDK’s exceptions', async () => {
    let error = new AwsError('', '');
    const fail = { run: () => Promise.reject(error) };
    engine = await anEngine({
      services: () => [
        aService('route53', () => import('@aws-sdk/client-route-53'), { ChangeResourceRecordSets: fail }),
        aService('sns', () => import('@aws-sdk/client-sns'), { Publish: fail }),
        aService('ec2', () => import('@aws-sdk/client-ec2'), { DescribeVpcs: fail }),
        aService('elasticloadbalancing', () => import('@aws-sdk/client-elastic-load-balancing-v2'), {
          DescribeLoadBalancers: fail,
        }),
      ],
    });
    const run = async (state: Asl, code: string, status?: number) => {
      error = new AwsError(code, 'No', status === undefined ? {} : { status });
      const { execution } = await engine.run(one(state));
      return [execution.error, execution.cause?.replace(/[0-9a-f-]{36}/, 'ID')];
    };
    const batch = sdk('route53:changeResourceRecordSets', { HostedZoneId: 'Z1', ChangeBatch: { Changes: [] } });
    expect(await run(batch, 'PriorRequestNotComplete')).toEqual([
      'Route53.PriorRequestNotCompleteException',
      'No (Service: Route53, Status Code: 400, Request ID: ID)',
    ]);
    expect(await run(batch, 'SomethingNew')).toEqual([
      'Route53.Route53Exception',
      'No (Service: Route53, Status Code: 400, Request ID: ID)',
    ]);
    const publish = sdk('sns:publish', { TopicArn: 'arn:aws:sns:us-east-1:123456789012:t', Message: 'm' });
    // SNS says "NotFound" on the wire; its shape is NotFoundException.
    expect(await run(publish, 'NotFound')).toEqual([
      'Sns.NotFoundException',
      'No (Service: Sns, Status Code: 404, Request ID: ID)',
    ]);
    expect((await run(sdk('ec2:describeVpcs', {}), 'InvalidVpcID.NotFound'))[0]).toBe('Ec2.Ec2Exception');
    expect((await run(sdk('elasticloadbalancingv2:describeLoadBalancers', {}), 'LoadBalancerNotFound'))[0]).toBe(
      'ElasticLoadBalancingV2.LoadBalancerNotFoundException',
    );
  });

  test('without the permission fails with AWS’s text, which names the action', async () => {
    engine = await anEngine({ allow: ['lambda:*'], services: () => [eventbridge(() => ({}))] });
    const { execution } = await engine.run(
      line({
        Put: sdk(
          'eventbridge:putEvents',
          { Entries: [] },
          { Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }] },
        ),
        Caught: { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: '{% $states.input.Cause %}' },
      }),
    );
    expect(execution.error).toBe('EventBridge.AccessDeniedException');
    expect(execution.cause).toContain('is not authorized to perform: events:PutEvents on resource');
  });

  test('refuses parameters that are not the operation’s, before the call', async () => {
    engine = await anEngine({ services: () => [eventbridge(() => ({}))] });
    const { execution } = await engine.run(
      one(sdk('eventbridge:putEvents', '{% { "Entries": [{ "Detail": {} }] } %}')),
    );
    expect(execution.error).toBe('States.Runtime');
    expect(execution.cause).toContain(
      "could not be used to start the Task: [The value for the field 'Detail' must be a STRING]",
    );
  });

  test('of a service that is not running here says so', async () => {
    engine = await anEngine();
    const { execution } = await engine.run(one(sdk('sns:listTopics', {})));
    expect(execution.error).toBe('Sns.SnsException');
    expect(execution.cause).toContain('"ListTopics" of sns is not part of the local AWS');
  });

  test('can wait for its token', async () => {
    const tokens: string[] = [];
    engine = await anEngine({
      services: () => [
        eventbridge(({ Entries: [entry] }: { Entries: { Detail: string }[] }) => {
          tokens.push(JSON.parse(entry?.Detail ?? '{}').token);
          return { FailedEntryCount: 0, Entries: [] };
        }),
      ],
    });
    const arn = await engine.start(
      one(
        sdk('eventbridge:putEvents.waitForTaskToken', {
          Entries: [{ Detail: '{% $string({ "token": $states.context.Task.Token }) %}' }],
        }),
      ),
    );
    await engine.clock.until(() => tokens.length === 1);
    await engine.run(one(sdk('sfn:sendTaskSuccess', { TaskToken: tokens[0], Output: '"back"' })));
    expect((await engine.end(arn)).output).toBe('back');
  });
});

describe('TimeoutSeconds', () => {
  test('W3: end a call that takes longer, in AWS time; what it answers later is nothing', async () => {
    engine = await anEngine({ functions: { slow: () => 'late' } });
    engine.faults.add({ service: 'lambda', operation: 'Invoke', kind: 'slow', seconds: 600 });
    const ended = await engine.run(one(invoke('slow', { TimeoutSeconds: '{% 15 * 2 %}' })));
    expect(ended.execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(ended.events.at(-2)).toMatchObject({
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: { resourceType: 'lambda', resource: 'invoke', error: 'States.Timeout' },
    });
    const seconds = ((ended.execution.stopDate?.getTime() ?? 0) - (ended.execution.startDate?.getTime() ?? 0)) / 1000;
    expect(Math.round(seconds)).toBe(30);
    await engine.clock.advance(700_000);
    expect((await engine.look(ended.arn)).events).toHaveLength(ended.events.length);
  });
});
