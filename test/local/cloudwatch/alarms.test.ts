import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
const described = async () => (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0];
const state = async () => (await described())?.StateValue;

describe('an alarm', () => {
  test('begins without data, alarms after two bad periods and recovers with a good one', async () => {
    await alarm();
    expect(await state()).toBe('INSUFFICIENT_DATA');
    await measure(1);
    expect(await state()).toBe('OK');
    await measure(1);
    expect(await state()).toBe('ALARM');
    await measure(0);
    expect(await state()).toBe('OK');
    await aws.clock.advance(3 * MINUTE_MS);
    expect(await state()).toBe('INSUFFICIENT_DATA');

    expect(aws.events.map(({ detail }) => (detail as { state: { value: string } }).state.value)).toEqual([
      'OK',
      'ALARM',
      'OK',
      'INSUFFICIENT_DATA',
    ]);
    expect(aws.events[1]).toMatchObject({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:failing'],
      detail: {
        alarmName: 'failing',
        state: { value: 'ALARM', reason: expect.stringContaining('2 out of the last 2 datapoints [1.0, 1.0]') },
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
    await alarm({ AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
    await measure(1, 1);
    expect(sns.published).toMatchObject([{ topicArn: TOPIC, subject: 'ALARM: "failing" in us-east-1' }]);
    expect(JSON.parse(sns.published[0]?.texts['default'] ?? '')).toMatchObject({
      AlarmName: 'failing',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      Trigger: { MetricName: 'Failed', Statistic: 'SUM', Threshold: 1 },
    });
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['failing'] }));
    await measure(0, 1, 1);

    expect(await state()).toBe('ALARM');
    expect(sns.published).toHaveLength(1);
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
    ['no statistic', { Statistic: undefined }, 'MissingRequiredParameterException'],
    ['more bad periods than periods', { DatapointsToAlarm: 3 }, 'InvalidParameterValueException'],
    ['an odd comparison', { ComparisonOperator: 'Near' }, 'InvalidParameterValueException'],
    ['metric math', { Metrics: [{ Id: 'a', Expression: 'b' }] }, 'InvalidParameterValueException'],
  ])('is refused with %s', async (_, input, name) => {
    await expect(alarm(input)).rejects.toMatchObject({ name });
  });
});
