import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, ListPoliciesCommand } from '@aws-sdk/client-iam';
import { ChangeTagsForResourceCommand } from '@aws-sdk/client-route-53';
import { CreateScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCloudWatch } from '../../../local/services/cloudwatch/service.ts';
import { createEventBridge } from '../../../local/services/eventbridge/service.ts';
import { createIam } from '../../../local/services/iam/service.ts';
import { createLogs } from '../../../local/services/logs/service.ts';
import { createScheduler } from '../../../local/services/scheduler/service.ts';
import { createSsm } from '../../../local/services/ssm/service.ts';
import { brokenBy, shown } from '../../../local/wire/constraints/constraint.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { aRoute53World } from '../route53/world.ts';

// Source: AWS's own models of its services, botocore 1.43.11; the words: CommonErrors of each API reference, and public logs; checked 2026-11-30.

let aws: AFront;
let client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  aws = await aFront({
    services: (host, dispatch) => [
      createCloudWatch(host, { dispatch }).service,
      createIam(host).service,
      createScheduler(host, { dispatch, trustOf: () => undefined }).service,
      createSsm(host).service,
      createEventBridge(host, { dispatch }).service,
      createLogs(host).service,
    ],
  });
  client = { endpoint: aws.url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
});
afterAll(() => aws.close());

const long = (length: number): string => 'a'.repeat(length);

const breaking = {
  'CloudWatch: a dimension without a name': {
    send: () =>
      new CloudWatchClient(client).send(
        new PutMetricAlarmCommand({
          AlarmName: 'a',
          MetricName: 'm',
          Namespace: 'n',
          Statistic: 'Sum',
          Dimensions: [{ Name: '', Value: 'v' }],
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanThreshold',
        }),
      ),
    name: 'ValidationException',
    at: "'dimensions.1.member.name' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  'CloudWatch: 101 names at a time': {
    send: () =>
      new CloudWatchClient(client).send(
        new DescribeAlarmsCommand({ AlarmNames: Array.from({ length: 101 }, (_, n) => `a${n}`) }),
      ),
    name: 'ValidationException',
    at: "'alarmNames' failed to satisfy constraint: Member must have length less than or equal to 100",
  },
  'IAM: a description that XML could not carry': {
    send: () =>
      new IAMClient(client).send(
        new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}', Description: '\u0001' }),
      ),
    name: 'ValidationError',
    at: "'description' failed to satisfy constraint: Member must satisfy regular expression pattern",
  },
  'IAM: a scope that there is not': {
    send: () => new IAMClient(client).send(new ListPoliciesCommand({ Scope: 'Mine' as 'Local' })),
    name: 'ValidationError',
    at: "Value 'Mine' at 'scope' failed to satisfy constraint: Member must satisfy enum value set",
  },
  'Scheduler: a token with a space': {
    send: () =>
      new SchedulerClient(client).send(
        new CreateScheduleCommand({
          Name: 's',
          ClientToken: 'a b',
          ScheduleExpression: 'rate(1 hour)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
            RoleArn: 'arn:aws:iam::123456789012:role/r',
          },
        }),
      ),
    name: 'ValidationException',
    at: "Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern",
  },
  'Scheduler: a state that there is not': {
    send: () => new SchedulerClient(client).send(new ListSchedulesCommand({ State: 'PAUSED' as 'ENABLED' })),
    name: 'ValidationException',
    at: "Value 'PAUSED' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]",
  },
  'Parameter Store: eleven names at a time': {
    send: () =>
      new SSMClient(client).send(new GetParametersCommand({ Names: Array.from({ length: 11 }, (_, n) => `p${n}`) })),
    name: 'ValidationException',
    at: "'names' failed to satisfy constraint: Member must have length less than or equal to 10",
  },
  'EventBridge: more tries than there can be': {
    send: () =>
      new EventBridgeClient(client).send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [
            {
              Id: 't',
              Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
              RetryPolicy: { MaximumRetryAttempts: 186 },
            },
          ],
        }),
      ),
    name: 'ValidationException',
    at: "Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
  },
  'Logs: a prefix of nothing': {
    send: () => new CloudWatchLogsClient(client).send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '' })),
    name: 'InvalidParameterException',
    at: "Value '' at 'logGroupNamePrefix' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
};

test.each(Object.entries(breaking))(
  '%s is refused in the words of all that breaks a constraint',
  async (_, { send, name, at }) => {
    await expect(send()).rejects.toMatchObject({ name, message: expect.stringContaining(at) });
  },
);

test('everything that is wrong is told at once, with how many that are', async () => {
  const two = { RoleName: long(65), AssumeRolePolicyDocument: '{}', MaxSessionDuration: 1 };
  await expect(new IAMClient(client).send(new CreateRoleCommand(two))).rejects.toThrow(
    /^2 validation errors detected: .*; /,
  );
});

test('a text is counted in characters and met by its pattern as a whole', () => {
  expect(brokenBy('🙂🙂', { max: 2 })).toEqual([]);
  expect(brokenBy('ok!', { pattern: '[a-z]+' })).toHaveLength(1);
  expect(brokenBy('ok', { pattern: '[\\p{L}]+' })).toEqual([]);
});

// Source: logs of RequestCertificate, PutTargets and CreateFunction that others published; checked 2026-11-30.
test('of items of a list, keys and values of a map it is told what all must be', () => {
  expect(brokenBy(['a', ''], { each: { min: 1, max: 2 } })).toEqual([
    'Member must satisfy constraint: [Member must have length less than or equal to 2, Member must have length greater than or equal to 1]',
  ]);
  expect(brokenBy({ k: long(3), long: 'v' }, { keys: { max: 1 }, each: { pattern: '[a-z]{1}' } })).toEqual([
    'Map keys must satisfy constraint: [Member must have length less than or equal to 1]',
    'Map value must satisfy constraint: [Member must satisfy regular expression pattern: [a-z]{1}]',
  ]);
});

test('a list and a map are shown as Java shows them', () => {
  expect(shown(['a', ['b', 'c']])).toBe('[a, [b, c]]');
  expect(shown({ a: 1, b: 'c' })).toBe('{a=1, b=c}');
});

test('Route 53 has a code of its own for it', async () => {
  const world = await aRoute53World();
  const AddTags = Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: 'v' }));
  const tags = new ChangeTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: 'Z123', AddTags });
  await expect(world.client.send(tags)).rejects.toMatchObject({
    name: 'InvalidInput',
    message: expect.stringContaining("at 'addTags' failed to satisfy constraint"),
  });
  await world.aws.close();
});
