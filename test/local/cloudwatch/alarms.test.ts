import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
  ListTagsForResourceCommand,
  PutAlarmMuteRuleCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { judge } from '../../../local/services/cloudwatch/alarms/verdict.ts';
import { Metric } from '../../../local/services/cloudwatch/metrics/metric.ts';
import { createCloudWatch } from '../../../local/services/cloudwatch/service.ts';
import { createSns } from '../../../local/services/sns/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

let aws: AFront;
let sns: ReturnType<typeof createSns>;
let client: CloudWatchClient;

const MINUTE_MS = 60_000;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alarms';

beforeEach(async () => {
  aws = await aFront({
    passesAtWork: true,
    services: (host, dispatch) => {
      sns = createSns(host, { dispatch });
      return [createCloudWatch(host, { dispatch }).service, sns.service];
    },
  });
  client = aws.client(CloudWatchClient);
});

afterEach(() => aws.close());

const alarm = (input: object = {}) =>
  client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'failing',
      Namespace: 'Nameplate',
      MetricName: 'Failed',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      ...input,
    }),
  );
const measure = async (...values: (number | undefined)[]) => {
  for (const Value of values) {
    if (Value !== undefined) {
      const MetricData = [{ MetricName: 'Failed', Value }];
      await client.send(new PutMetricDataCommand({ Namespace: 'Nameplate', MetricData }));
    }
    await aws.clock.advance(MINUTE_MS);
  }
};
/** The events of changed states, without those of changed configurations. */
const changes = () => aws.events.filter(({ detailType }) => detailType === 'CloudWatch Alarm State Change');
const described = async () => (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0];
const state = async () => (await described())?.StateValue;

describe('an alarm', () => {
  // The examples of the guide: a dash is a missing datapoint, X one that breaches, 0 one that does not; the newest is last.
  test.each([
    [3, '0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    [3, '- - - - 0', 'OK', 'OK', 'OK', 'OK'],
    [3, '- - - - -', 'INSUFFICIENT_DATA', 'as before', 'ALARM', 'OK'],
    [3, '0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [3, '- - X - -', 'ALARM', 'as before', 'ALARM', 'OK'],
    [2, '0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [2, '0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [2, '0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    [2, '- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    [2, '- - - X -', 'ALARM', 'as before', 'ALARM', 'OK'],
  ])('F1: of %d out of 3 judges %s as the guide says', (toAlarm, points, ...expected) => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    const metric = new Metric({}, () => now);
    for (const [index, point] of points.split(' ').entries()) {
      if (point === '-') continue;
      const value = point === 'X' ? 9 : 0;
      const samples = { count: 1, sum: value, min: value, max: value, values: undefined };
      metric.record(now - (5 - index) * MINUTE_MS, { unit: 'None', bucketMs: MINUTE_MS, samples });
    }
    const judged = (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map((missing) => {
      const settings = { AlarmName: 'a' };
      const rules = { stat: 'Sum', periodMs: MINUTE_MS, periods: 3, toAlarm, threshold: 1, missing, settings };
      const compare = 'GreaterThanThreshold';
      return judge({ ...rules, compare, state: 'as before' } as never, metric, now).state;
    });
    expect(judged).toEqual(expected);
  });

  test('begins without data, alarms after two bad periods and recovers with a good one', async () => {
    await alarm();
    expect(await state()).toBe('INSUFFICIENT_DATA');
    await measure(1);
    expect(await state()).toBe('OK');
    await measure(1);
    expect(await state()).toBe('ALARM');
    await measure(0);
    expect(await state()).toBe('OK');
    // Two periods more than those to evaluate are looked at.
    await aws.clock.advance(4 * MINUTE_MS);
    expect(await state()).toBe('INSUFFICIENT_DATA');

    expect(changes().map(({ detail }) => (detail as { state: { value: string } }).state.value)).toEqual([
      'OK',
      'ALARM',
      'OK',
      'INSUFFICIENT_DATA',
    ]);
    expect(changes()[1]).toMatchObject({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:failing'],
      detail: {
        alarmName: 'failing',
        state: {
          value: 'ALARM',
          reason:
            'Threshold Crossed: 2 datapoints [1.0 (22/11/26 12:01:00), 1.0 (22/11/26 12:00:00)] were greater than or equal to the threshold (1.0).',
          reasonData: expect.stringContaining('"recentDatapoints":[1.0,1.0],"threshold":1.0,"evaluatedDatapoints":[{'),
          timestamp: expect.stringMatching(/^2026-11-22T12:02:00\.\d{3}\+0000$/),
        },
        previousState: { value: 'OK' },
        configuration: { metrics: [{ metricStat: { metric: { name: 'Failed' }, period: 60, stat: 'Sum' } }] },
      },
    });
  });

  test.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['ignore', 'ALARM'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
  ])('treats missing data as %s', async (TreatMissingData, expected) => {
    await alarm({ TreatMissingData, EvaluationPeriods: 1 });
    await measure(1);
    expect(await state()).toBe('ALARM');
    await aws.clock.advance(5 * MINUTE_MS);

    expect(await state()).toBe(expected);
  });

  test('alarms when so many of the last periods are bad', async () => {
    await alarm({ EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' });
    await measure(1, 0);
    expect(await state()).toBe('OK');
    await measure(1);
    expect(await state()).toBe('ALARM');
  });

  test('does nothing over months of silence', async () => {
    await alarm({ TreatMissingData: 'notBreaching' });
    await measure(1, 1);
    await aws.clock.advance(10 * MINUTE_MS);
    expect(await state()).toBe('OK');

    await expect(aws.clock.until(() => false)).rejects.toThrow('nothing is left to happen');
  });

  test('tells its topic, as CloudWatch on behalf of the alarm, unless its actions are off', async () => {
    const call = (operation: string, input: object) =>
      aws.dispatch({ service: 'sns', operation, input, principal: { arn: 'arn:aws:iam::123456789012:root' } });
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: TOPIC,
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:*' } },
    };
    await call('CreateTopic', { Name: 'alarms', Attributes: { Policy: JSON.stringify({ Statement: [Statement] }) } });
    await alarm({ AlarmActions: [TOPIC], TreatMissingData: 'notBreaching', Unit: 'None' });
    await measure(1, 1);
    expect(sns.published).toMatchObject([{ topicArn: TOPIC, subject: 'ALARM: "failing" in US East (N. Virginia)' }]);
    expect(JSON.parse(sns.published[0]?.texts['default'] ?? '')).toEqual({
      AlarmName: 'failing',
      AlarmDescription: null,
      AWSAccountId: '123456789012',
      AlarmConfigurationUpdatedTimestamp: expect.stringMatching(/^2026-11-22T12:00:00\.\d{3}\+0000$/),
      NewStateValue: 'ALARM',
      NewStateReason: expect.stringContaining('Threshold Crossed'),
      StateChangeTime: expect.stringMatching(/^2026-11-22T12:02:00\.\d{3}\+0000$/),
      Region: 'US East (N. Virginia)',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:failing',
      OldStateValue: 'OK',
      OKActions: [],
      AlarmActions: [TOPIC],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'Failed',
        Namespace: 'Nameplate',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Unit: 'None',
        Dimensions: [],
        Period: 60,
        EvaluationPeriods: 2,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        TreatMissingData: 'notBreaching',
        EvaluateLowSampleCountPercentile: '',
      },
    });
    expect((await described())?.StateReasonData).toContain('"unit":"None","statistic":"Sum"');
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['failing'] }));
    await measure(0, 1, 1);

    expect(await state()).toBe('ALARM');
    expect(sns.published).toHaveLength(1);
  });

  test('is throttled: nine looks and three changes a second', async () => {
    const refused = async (calls: number, call: () => Promise<unknown>) => {
      const all = await Promise.allSettled(Array.from({ length: calls }, call));
      return all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).name] : []));
    };
    expect(await refused(10, () => client.send(new DescribeAlarmsCommand({})))).toEqual(['ThrottlingException']);
    const gone = () => client.send(new DeleteAlarmsCommand({ AlarmNames: ['none'] }));
    expect(await refused(4, gone)).toEqual(['ThrottlingException']);
  });

  test('says so when it is made, changed and deleted', async () => {
    await alarm();
    await alarm({ Threshold: 2 });
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['failing'] }));
    expect(aws.events.map(({ detailType }) => detailType)).toEqual(
      Array(3).fill('CloudWatch Alarm Configuration Change'),
    );
    expect(aws.events.map(({ detail }) => detail)).toMatchObject([
      { operation: 'create', configuration: { threshold: 1, treatMissingData: 'missing' } },
      { operation: 'update', configuration: { threshold: 2 }, previousConfiguration: { threshold: 1 } },
      { operation: 'delete', alarmName: 'failing' },
    ]);
  });

  test('of five minutes is evaluated every minute, over the five minutes before', async () => {
    await alarm({ Period: 300, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    await aws.clock.advance(2 * MINUTE_MS);
    await measure(1);
    expect(await state()).toBe('ALARM');
    expect((await described())?.StateReason).toContain(
      '1 datapoint [1.0 (22/11/26 11:58:00)] was greater than or equal',
    );
  });

  test('has tags from its creation, for which a role needs a permission of its own', async () => {
    const allowed = { Effect: 'Allow' as const, Action: 'cloudwatch:PutMetricAlarm', Resource: '*' };
    const put = (role: CloudWatchClient, Tags?: { Key: string; Value: string }[]) =>
      role.send(
        new PutMetricAlarmCommand({
          ...{ AlarmName: 'mine', Namespace: 'N', MetricName: 'M', Statistic: 'Sum', Period: 60 },
          ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold', ...(Tags && { Tags }) },
        }),
      );
    const role = aws.client(CloudWatchClient, { credentials: aws.role(allowed) });
    await put(role);
    const denied = { name: expect.stringMatching(/^AccessDenied/) };
    await expect(put(role, [{ Key: 'site', Value: 'shop' }])).rejects.toMatchObject(denied);
    const ResourceARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:mine';
    await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'site', Value: 'shop' }] }));
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
      { Key: 'site', Value: 'shop' },
    ]);
  });

  test('F1: is muted by a rule: its event tells so, its actions stay back', async () => {
    const call = (operation: string, input: object) =>
      aws.dispatch({ service: 'sns', operation, input, principal: { arn: 'arn:aws:iam::123456789012:root' } });
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: TOPIC };
    await call('CreateTopic', { Name: 'alarms', Attributes: { Policy: JSON.stringify({ Statement: [Statement] }) } });
    await alarm({ AlarmActions: [TOPIC], EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    const Schedule = { Expression: 'at(2026-11-22T13:02)', Duration: 'PT5M', Timezone: 'Europe/Berlin' };
    await client.send(
      new PutAlarmMuteRuleCommand({ Name: 'night', Rule: { Schedule }, MuteTargets: { AlarmNames: ['failing'] } }),
    );
    const status = async () => (await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }))).Status;
    expect(await status()).toBe('SCHEDULED');
    await aws.clock.advance(2 * MINUTE_MS);
    await measure(1);
    expect(await status()).toBe('ACTIVE');
    expect(changes().at(-1)?.detail).toMatchObject({
      state: { value: 'ALARM' },
      muteDetail: {
        mutedByArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:night',
        muteWindowStart: '2026-11-22T12:02:00.000+0000',
        muteWindowEnd: '2026-11-22T12:07:00.000+0000',
      },
    });
    expect(sns.published).toEqual([]);
    await aws.clock.advance(10 * MINUTE_MS);
    expect(await status()).toBe('EXPIRED');
    await measure(1);
    expect(changes().at(-1)?.detail).not.toHaveProperty('muteDetail');
    expect(sns.published).toHaveLength(1);
  });

  test('is muted on every day that a cron expression names, in its zone', async () => {
    await alarm();
    const Schedule = { Expression: 'cron(0 7 * * SUN)', Duration: 'PT1H', Timezone: 'America/New_York' };
    await client.send(
      new PutAlarmMuteRuleCommand({ Name: 'sundays', Rule: { Schedule }, MuteTargets: { AlarmNames: ['failing'] } }),
    );
    const active = async () =>
      (await client.send(new ListAlarmMuteRulesCommand({ Statuses: ['ACTIVE'] }))).AlarmMuteRuleSummaries?.length;
    expect(await active()).toBe(1);
    await aws.clock.advance(60 * MINUTE_MS);
    expect(await active()).toBe(0);
    await aws.clock.advance(6 * 24 * 60 * MINUTE_MS + 23.5 * 60 * MINUTE_MS);
    expect(await active()).toBe(1);
    await expect(
      client.send(new PutAlarmMuteRuleCommand({ Name: 'x', Rule: { Schedule: { ...Schedule, Duration: 'P16D' } } })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('is put into a state by hand until the next evaluation', async () => {
    await alarm({ TreatMissingData: 'notBreaching' });
    await aws.clock.advance(MINUTE_MS);
    await client.send(new SetAlarmStateCommand({ AlarmName: 'failing', StateValue: 'ALARM', StateReason: 'drill' }));
    expect(await described()).toMatchObject({ StateValue: 'ALARM', StateReason: 'drill' });
    await aws.clock.advance(MINUTE_MS);
    expect(await state()).toBe('OK');

    await expect(
      client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: '' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test('is described as it was put, found by name and prefix, and deleted', async () => {
    await alarm();
    await alarm({ AlarmName: 'other', Threshold: 5, Dimensions: [{ Name: 'Site', Value: 'shop' }] });
    const names = async (input: object) =>
      (await client.send(new DescribeAlarmsCommand(input))).MetricAlarms?.map(({ AlarmName }) => AlarmName);

    expect(await names({ AlarmNames: ['other'] })).toEqual(['other']);
    expect(await names({ AlarmNamePrefix: 'fail' })).toEqual(['failing']);
    expect(await names({ StateValue: 'OK' })).toEqual([]);
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['failing'] }));
    expect(await described()).toMatchObject({
      AlarmName: 'other',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:other',
      Threshold: 5,
      Dimensions: [{ Name: 'Site', Value: 'shop' }],
      ActionsEnabled: true,
    });
  });

  test.each([
    ['by names and a prefix', { AlarmNames: ['a'], AlarmNamePrefix: 'a' }, 'InvalidParameterCombinationException'],
    ['in an odd state', { StateValue: 'RED' as 'OK' }, 'ValidationException'],
    ['101 a page', { MaxRecords: 101 }, 'ValidationException'],
    ['after a token of none', { NextToken: 'junk' }, 'InvalidNextToken'],
  ])('is not described %s', async (_, input, name) => {
    await expect(client.send(new DescribeAlarmsCommand(input))).rejects.toMatchObject({ name });
  });

  test('is put into one of three states by hand', async () => {
    await alarm();
    const set = new SetAlarmStateCommand({ AlarmName: 'failing', StateValue: 'RED' as 'OK', StateReason: 'x' });
    await expect(client.send(set)).rejects.toMatchObject({
      message: expect.stringContaining("Value 'RED' at 'stateValue' failed to satisfy constraint"),
    });
  });

  test.each([
    ['no statistic', { Statistic: undefined }, 'MissingRequiredParameterException'],
    ['more bad periods than periods', { DatapointsToAlarm: 3 }, 'InvalidParameterValueException'],
    ['an odd comparison', { ComparisonOperator: 'Near' }, 'ValidationException'],
    ['an odd statistic', { Statistic: 'Median' }, 'ValidationException'],
    ['an odd unit', { Unit: 'Furlongs' }, 'ValidationException'],
    ['two statistics', { ExtendedStatistic: 'p90' }, 'InvalidParameterCombinationException'],
    ['a percentile over 100', { Statistic: undefined, ExtendedStatistic: 'p101' }, 'InvalidParameterValueException'],
    ['a description of 1,025 characters', { AlarmDescription: 'x'.repeat(1025) }, 'ValidationException'],
    ['a period of a second', { Period: 1 }, 'InvalidParameterValueException'],
    ['a look back over more than a day', { Period: 60, EvaluationPeriods: 1441 }, 'ValidationException'],
    [
      'a topic of another Region',
      { AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms'] },
      'ValidationException',
    ],
    ['metric math', { Metrics: [{ Id: 'a', Expression: 'b' }] }, 'InvalidParameterValueException'],
  ])('is refused with %s', async (_, input, name) => {
    await expect(alarm(input)).rejects.toMatchObject({ name });
  });
});
