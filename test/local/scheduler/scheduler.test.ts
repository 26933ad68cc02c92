import { type CreateScheduleInput, Scheduler } from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PolicyDocument } from '../../../local/permissions/policy.ts';
import { createScheduler } from '../../../local/services/scheduler/service.ts';
import { AwsError, type Service } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:windows';
const GROUP = 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/default';

let aws: AFront;
let scheduler: Scheduler;
let fired: ReturnType<typeof createScheduler>['fired'];
let trust: Record<string, PolicyDocument>;
let invoked: { at: Date; payload: unknown }[];
let started: { service: string; input: object }[];
let failure: AwsError | undefined;
let roleArn: string;

const trusting = (Condition: object = { StringEquals: { 'aws:SourceArn': GROUP } }): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole', Condition },
  ] as never,
});

beforeEach(async () => {
  [trust, invoked, started, failure] = [{}, [], [], undefined];
  aws = await aFront({
    startAt: new Date('2026-11-22T12:00:00Z'),
    services: (host, dispatch) => {
      const made = createScheduler(host, { dispatch, trustOf: (arn) => trust[arn] });
      fired = made.fired;
      const lambda: Service = {
        name: 'lambda',
        protocol: 'restJson1',
        model: () => import('@aws-sdk/client-lambda'),
        operations: {
          Invoke: {
            action: 'lambda:InvokeFunction',
            resources: ({ FunctionName }: { FunctionName: string }) => [FunctionName],
            run({ Payload }: { Payload: Uint8Array }) {
              if (failure) throw failure;
              const text = Buffer.from(Payload).toString();
              invoked.push({ at: host.clock.now(), payload: JSON.parse(text) });
              return { StatusCode: 202 };
            },
          },
        },
      };
      return [made.service, lambda, ...others()];
    },
  });
  scheduler = aws.client(Scheduler);
  const credentials = aws.role({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION });
  expect(credentials.accessKeyId).toBeDefined();
  roleArn = 'arn:aws:iam::123456789012:role/TestRole1';
  trust[roleArn] = trusting();
});
afterEach(() => aws.close());

/** A state machine and a bus that take whatever is sent to them. */
function others(): Service[] {
  const states: Service = {
    name: 'states',
    protocol: 'awsJson1_0',
    model: () => import('@aws-sdk/client-sfn'),
    operations: {
      StartExecution: {
        resources: ({ stateMachineArn }: { stateMachineArn: string }) => [stateMachineArn],
        run(input: object) {
          started.push({ service: 'states', input });
          return { executionArn: 'arn', startDate: new Date(0) };
        },
      },
    },
  };
  const events: Service = {
    name: 'events',
    protocol: 'awsJson1_1',
    model: () => import('@aws-sdk/client-eventbridge'),
    operations: {
      PutEvents: {
        run(input: object) {
          started.push({ service: 'events', input });
          return { FailedEntryCount: 0, Entries: [{ EventId: 'id' }] };
        },
      },
    },
  };
  return [states, events];
}

const create = (input: Partial<CreateScheduleInput> = {}) =>
  scheduler.createSchedule({
    Name: 'window',
    ScheduleExpression: 'at(2026-11-22T13:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: FUNCTION, RoleArn: roleArn, Input: '{"state":"on"}' },
    ...input,
  });
const get = (Name = 'window') => scheduler.getSchedule({ Name });
const hours = (count: number) => aws.clock.advance(count * 3_600_000);
/** The scheduled times of what was invoked, each once. */
const times = () => [...new Set(fired.map(({ scheduledAt }) => scheduledAt.toISOString().slice(0, 16)))];
const refusal = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(
    () => undefined,
    (reason: Error) => reason,
  );
  return error ? `${error.name}: ${error.message}` : 'nothing is wrong';
};

describe('a schedule', () => {
  test('is shown with its defaults filled in', async () => {
    const { ScheduleArn } = await create();
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:123456789012:schedule/default/window');
    const { $metadata: _, ...shown } = await get();
    expect(shown).toEqual({
      Arn: ScheduleArn,
      Name: 'window',
      GroupName: 'default',
      ScheduleExpression: 'at(2026-11-22T13:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      State: 'ENABLED',
      ActionAfterCompletion: 'NONE',
      FlexibleTimeWindow: { Mode: 'OFF' },
      CreationDate: expect.any(Date),
      LastModificationDate: expect.any(Date),
      Target: {
        Arn: FUNCTION,
        RoleArn: roleArn,
        Input: '{"state":"on"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    });
    expect(await refusal(create())).toBe('ConflictException: Schedule window already exists.');
    expect(await refusal(get('none'))).toBe('ResourceNotFoundException: Schedule none does not exist.');
  });

  test('fires once within the minute, and stays unless it deletes itself', async () => {
    await create();
    await create({ Name: 'gone', ActionAfterCompletion: 'DELETE' });
    await hours(2);
    const late = invoked.map(({ at }) => (at.getTime() - Date.parse('2026-11-22T13:00:00Z')) / 1000);
    expect(Math.min(...late)).toBeGreaterThan(0);
    expect(Math.min(...late)).toBeLessThan(60);
    expect(invoked[0]?.payload).toEqual({ state: 'on' });
    expect((await get()).State).toBe('ENABLED');
    expect(await refusal(get('gone'))).toContain('ResourceNotFoundException');
  });

  test('in the past is refused, or accepted and never fires: a caller can rely on neither', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `past-${index}`);
    const answers: string[] = [];
    for (const Name of names) {
      answers.push(await refusal(create({ Name, ScheduleExpression: 'at(2026-11-22T11:00:00)' })));
    }
    expect(new Set(answers)).toEqual(
      new Set(['nothing is wrong', 'ValidationException: Invalid Schedule Expression at(2026-11-22T11:00:00).']),
    );
    await hours(48);
    expect(fired).toEqual([]);
  });

  test('within a flexible window fires anywhere in it', async () => {
    await create({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } });
    await hours(3);
    const [first] = invoked;
    const minutes = (Number(first?.at) - Date.parse('2026-11-22T13:00:00Z')) / 60_000;
    expect(minutes).toBeGreaterThan(0);
    expect(minutes).toBeLessThan(60);
  });

  test('is replaced as a whole by an update, and does not fire while disabled or after its deletion', async () => {
    await create({ Description: 'night', State: 'DISABLED' });
    await hours(2);
    expect(fired).toEqual([]);
    await scheduler.updateSchedule({
      Name: 'window',
      ScheduleExpression: 'at(2026-11-22T16:00:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: FUNCTION, RoleArn: roleArn },
    });
    expect(await get()).toMatchObject({ State: 'ENABLED' });
    expect((await get()).Description).toBeUndefined();
    await scheduler.deleteSchedule({ Name: 'window' });
    await hours(4);
    expect(fired).toEqual([]);
  });
});

describe('time', () => {
  test.each([
    ['a zone', 'at(2026-11-22T14:00:00)', 'Europe/Berlin', '2026-11-22T13:00'],
    ['half hours', 'at(2026-11-22T18:30:00)', 'Asia/Kolkata', '2026-11-22T13:00'],
  ])('is that of the zone: %s', async (_, ScheduleExpression, ScheduleExpressionTimezone, at) => {
    await create({ ScheduleExpression, ScheduleExpressionTimezone });
    await hours(4);
    expect(times()).toEqual([at]);
  });

  test('F5: leaps over a local time that the clocks leave out in spring, for "cron" and "at"', async () => {
    // In Berlin 02:30 does not exist on 28 March 2027.
    const ScheduleExpressionTimezone = 'Europe/Berlin';
    await create({ ScheduleExpression: 'cron(30 2 * 3 ? 2027)', ScheduleExpressionTimezone });
    // Refused, or taken and never met.
    await refusal(create({ Name: 'once', ScheduleExpression: 'at(2027-03-28T02:30:00)', ScheduleExpressionTimezone }));
    await hours(24 * 130);
    const around = times().filter((time) => time >= '2027-03-26' && time < '2027-03-31');
    expect(around).toEqual(['2027-03-26T01:30', '2027-03-27T01:30', '2027-03-29T00:30', '2027-03-30T00:30']);
  });

  test('that comes twice in autumn fires once', async () => {
    // In New York 01:30 comes twice on 7 November 2027; 05:30 UTC is the first.
    await create({
      ScheduleExpression: 'cron(30 1 7 11 ? 2027)',
      ScheduleExpressionTimezone: 'America/New_York',
    });
    await hours(24 * 352);
    expect(times()).toEqual(['2027-11-07T05:30']);
  });

  test('of a rate may name its unit in the singular', async () => {
    await create({ ScheduleExpression: 'rate(2 hour)' });
    await hours(3);
    expect(times()).toEqual(['2026-11-22T12:00', '2026-11-22T14:00']);
  });

  test('of a rate counts from its creation, at once, or from its start; it ends with its end', async () => {
    await create({ ScheduleExpression: 'rate(2 hours)', EndDate: new Date('2026-11-22T17:00:00Z') });
    await hours(8);
    expect(times()).toEqual(['2026-11-22T12:00', '2026-11-22T14:00', '2026-11-22T16:00']);
  });
});

describe('an invocation', () => {
  test('has the attributes of its context, and without an input an event', async () => {
    await create({
      Target: {
        Arn: FUNCTION,
        RoleArn: roleArn,
        Input: '{"at":"<aws.scheduler.scheduled-time>","n":<aws.scheduler.attempt-number>}',
      },
    });
    await create({ Name: 'bare', Target: { Arn: FUNCTION, RoleArn: roleArn } });
    await hours(2);
    expect(invoked.map(({ payload }) => payload)).toContainEqual({ at: '2026-11-22T13:00:00Z', n: 1 });
    expect(invoked.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ source: 'aws.scheduler', 'detail-type': 'Scheduled Event', detail: '{}' }),
    );
  });

  test('starts an execution, and puts an event, with what the target says', async () => {
    const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:switch';
    const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/site';
    aws.role({ Effect: 'Allow', Action: ['states:StartExecution', 'events:PutEvents'], Resource: '*' });
    const RoleArn = 'arn:aws:iam::123456789012:role/TestRole2';
    trust[RoleArn] = trusting();
    await create({ Name: 'machine', Target: { Arn: machine, RoleArn, Input: '{"state":"off"}' } });
    const EventBridgeParameters = { DetailType: 'Window Ended', Source: 'nameplate' };
    await create({ Name: 'bus', Target: { Arn: bus, RoleArn, Input: '{"id":1}', EventBridgeParameters } });
    await hours(2);
    expect(started).toContainEqual({
      service: 'states',
      input: { stateMachineArn: machine, input: '{"state":"off"}' },
    });
    expect(started).toContainEqual({
      service: 'events',
      input: { Entries: [{ EventBusName: bus, Detail: '{"id":1}', DetailType: 'Window Ended', Source: 'nameplate' }] },
    });
    const Target = { Arn: bus, RoleArn, Input: '{"id":1}' };
    expect(await refusal(create({ Name: 'nameless', Target }))).toContain('EventBridgeParameters');
  });

  test('is tried again while the target is throttled, as long as its policy says', async () => {
    failure = new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429 });
    const RetryPolicy = { MaximumRetryAttempts: 3 };
    await create({ Target: { Arn: FUNCTION, RoleArn: roleArn, RetryPolicy } });
    await hours(3);
    const outcomes = fired.map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 4)).toEqual(['failed', 'failed', 'failed', 'dropped']);
  });

  test('is dropped when the role may not invoke the target, or trusts no more', async () => {
    await create({ Target: { Arn: `${FUNCTION}-other`, RoleArn: roleArn } });
    await hours(2);
    expect(fired[0]).toMatchObject({ outcome: 'dropped', error: { code: expect.stringContaining('AccessDenied') } });
    await create({ Name: 'later', ScheduleExpression: 'at(2026-11-22T15:00:00)' });
    delete trust[roleArn];
    await hours(3);
    expect(fired.at(-1)?.error?.message).toContain('sts:AssumeRole');
    expect(invoked).toEqual([]);
  });
});

describe('what is refused', () => {
  test("a role that does not trust Scheduler for the group's ARN", async () => {
    const wanted =
      'ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';
    trust[roleArn] = trusting({
      StringEquals: { 'aws:SourceArn': 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/window' },
    });
    expect(await refusal(create())).toBe(wanted);
    trust[roleArn] = trusting({ StringEquals: { 'aws:SourceAccount': '210987654321' } });
    expect(await refusal(create())).toBe(wanted);
    delete trust[roleArn];
    expect(await refusal(create())).toBe(wanted);
  });

  test.each<[string, Partial<CreateScheduleInput>]>([
    ['an expression that is none', { ScheduleExpression: 'rate(0 minutes)' }],
    ['a plural for one', { ScheduleExpression: 'rate(1 minutes)' }],
    ['a blank inside a rate', { ScheduleExpression: 'rate( 10 minutes )' }],
    ['a date that no calendar has', { ScheduleExpression: 'at(2026-02-30T12:00:00)' }],
    ['a time with its zone in it', { ScheduleExpression: 'at(2026-11-22T13:00:00Z)' }],
    ['five fields', { ScheduleExpression: 'cron(0 2 * * ?)' }],
    ['a zone that is none', { ScheduleExpressionTimezone: 'Europe/Atlantis' }],
    ['an offset for a zone', { ScheduleExpressionTimezone: '+02:00' }],
    ['a window without its length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }],
    ['a window of more than a day', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441 } }],
    ['an old start', { ScheduleExpression: 'rate(1 hour)', StartDate: new Date('2026-11-22T11:00:00Z') }],
    ['a name with a slash', { Name: 'a b' }],
    ['a dead-letter queue', { Target: { Arn: FUNCTION, RoleArn: 'x', DeadLetterConfig: { Arn: 'arn:aws:sqs:::q' } } }],
    ['a queue', { Target: { Arn: 'arn:aws:sqs:us-east-1:123456789012:q', RoleArn: 'x' } }],
  ])('%s', async (_, input) => {
    const Target = input.Target && { ...input.Target, RoleArn: roleArn };
    expect(await refusal(create({ ...input, ...(Target && { Target }) }))).toMatch(/^ValidationException: /);
  });

  test('who may not pass the role, or has no permission on the schedule by the tags of its group', async () => {
    const Tags = [{ Key: 'site', Value: 'shop' }];
    await scheduler.createScheduleGroup({ Name: 'shop', Tags });
    trust[roleArn] = trusting({ ArnLike: { 'aws:SourceArn': 'arn:aws:scheduler:*:*:schedule-group/*' } });
    const statement = {
      Effect: 'Allow' as const,
      Action: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
      Resource: 'arn:aws:scheduler:us-east-1:123456789012:schedule/*',
      Condition: { StringEquals: { 'aws:ResourceTag/site': 'shop' } },
    };
    const passing = {
      Effect: 'Allow' as const,
      Action: 'iam:PassRole',
      Resource: roleArn,
      Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    };
    const by = (...statements: Parameters<AFront['role']>) => {
      const client = aws.client(Scheduler, { credentials: aws.role(...statements) });
      return (GroupName: string) =>
        client.createSchedule({
          Name: 'by-role',
          GroupName,
          ScheduleExpression: 'rate(1 hour)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: FUNCTION, RoleArn: roleArn },
        });
    };
    expect(await refusal(by(statement)('shop'))).toMatch(/^AccessDeniedException: .*iam:PassRole/);
    expect(await refusal(by(statement, passing)('default'))).toMatch(/^AccessDeniedException: /);
    expect(await refusal(by(statement, passing)('shop'))).toBe('nothing is wrong');
  });
});

describe('groups', () => {
  test('are made, tagged, listed, and deleted with their schedules after a while', async () => {
    const { ScheduleGroupArn: arn } = await scheduler.createScheduleGroup({ Name: 'shop' });
    await scheduler.tagResource({ ResourceArn: arn, Tags: [{ Key: 'site', Value: 'shop' }] });
    expect(await scheduler.listTagsForResource({ ResourceArn: arn })).toMatchObject({
      Tags: [{ Key: 'site', Value: 'shop' }],
    });
    for (const tag of [
      { Key: 'k'.repeat(129), Value: 'v' },
      { Key: 'k', Value: '' },
      { Key: 'k', Value: 'v'.repeat(257) },
      { Key: 'aws:k', Value: 'v' },
    ]) {
      const tagging = scheduler.createScheduleGroup({ Name: 'tagged', Tags: [tag] });
      expect(await refusal(tagging)).toMatch(/^ValidationException: /);
    }
    trust[roleArn] = trusting({ StringEquals: { 'aws:SourceArn': String(arn) } });
    await create({ GroupName: 'shop' });
    const { ScheduleGroups: groups } = await scheduler.listScheduleGroups({});
    expect(groups?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
    expect(await scheduler.listSchedules({ GroupName: 'shop' })).toMatchObject({
      Schedules: [{ Name: 'window', GroupName: 'shop', Target: { Arn: FUNCTION } }],
    });
    await scheduler.deleteScheduleGroup({ Name: 'shop' });
    expect(await scheduler.getScheduleGroup({ Name: 'shop' })).toMatchObject({ State: 'DELETING' });
    await hours(1);
    expect(await refusal(scheduler.getScheduleGroup({ Name: 'shop' }))).toBe(
      'ResourceNotFoundException: Schedule group shop does not exist.',
    );
    expect(await refusal(scheduler.deleteScheduleGroup({ Name: 'default' }))).toMatch(/^ValidationException: /);
  });
});
