import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCloudWatch } from '../../../local/services/cloudwatch/service.ts';
import { createSns } from '../../../local/services/sns/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alarms';
const DAY_MS = 86_400_000;

let aws: AFront;
let cloudWatch: CloudWatch;
beforeEach(async () => {
  aws = await aFront({
    services: (host, dispatch) => [createCloudWatch(host, { dispatch }).service, createSns(host, { dispatch }).service],
  });
  cloudWatch = aws.client(CloudWatch);
});
afterEach(() => aws.close());

const put = (more: object = {}) =>
  cloudWatch.putMetricAlarm({
    AlarmName: 'failing',
    Namespace: 'Nameplate',
    MetricName: 'Failed',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    ...more,
  });
const set = async (StateValue: 'ALARM' | 'OK', AlarmName = 'failing') => {
  await cloudWatch.setAlarmState({ AlarmName, StateValue, StateReason: 'tried', StateReasonData: '{"by":"hand"}' });
  await aws.clock.advance(1_000);
};
const history = async (input: object = {}) => (await cloudWatch.describeAlarmHistory(input)).AlarmHistoryItems ?? [];
const summaries = async (input: object = {}) => (await history(input)).map((item) => item.HistorySummary);

test('the history of an alarm tells of its settings, its states and its actions, newest first', async () => {
  await put({ AlarmActions: [TOPIC] });
  await aws.clock.advance(1_000);
  await put();
  await set('ALARM');
  await cloudWatch.deleteAlarms({ AlarmNames: ['failing'] });
  expect(await summaries()).toEqual([
    'Alarm "failing" deleted',
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
    'Alarm "failing" updated',
    'Alarm "failing" created',
  ]);
  const [created] = await history({ ScanBy: 'TimestampAscending', MaxRecords: 1 });
  expect(created).toMatchObject({
    AlarmName: 'failing',
    AlarmType: 'MetricAlarm',
    HistoryItemType: 'ConfigurationUpdate',
    Timestamp: new Date('2026-11-22T12:00:00Z'),
  });
  expect(JSON.parse(created?.HistoryData ?? '')).toMatchObject({
    version: '1.0',
    type: 'Create',
    createdAlarm: { alarmName: 'failing', statistic: 'Sum', period: 60, alarmActions: [TOPIC], okactions: [] },
  });
  const [changed] = await history({ HistoryItemType: 'StateUpdate' });
  expect(JSON.parse(changed?.HistoryData ?? '')).toEqual({
    version: '1.0',
    oldState: { stateValue: 'INSUFFICIENT_DATA', stateReason: 'Unchecked: Initial alarm creation' },
    newState: { stateValue: 'ALARM', stateReason: 'tried', stateReasonData: { by: 'hand' } },
  });
});

test('an action that fails is told of there, and nowhere else', async () => {
  await aws.dispatch({
    service: 'sns',
    operation: 'CreateTopic',
    input: { Name: 'alarms' },
    principal: { arn: 'arn:aws:iam::123456789012:root' },
  });
  await put({ AlarmActions: [TOPIC], OKActions: ['arn:aws:sns:us-east-1:123456789012:none'] });
  await set('ALARM');
  await set('OK');
  const actions = await history({ HistoryItemType: 'Action', ScanBy: 'TimestampAscending' });
  expect(actions.map(({ HistorySummary, HistoryData }) => [HistorySummary, JSON.parse(HistoryData ?? '')])).toEqual([
    [
      `Failed to execute action ${TOPIC}`,
      {
        actionState: 'Failed',
        stateUpdateTimestamp: Date.parse('2026-11-22T12:00:00Z'),
        notificationResource: TOPIC,
        publishedMessage: expect.stringContaining('"NewStateValue":"ALARM"'),
        error: expect.stringMatching(/^CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: arn/),
      },
    ],
    [
      'Failed to execute action arn:aws:sns:us-east-1:123456789012:none',
      expect.objectContaining({ actionState: 'Failed', error: 'Topic does not exist' }),
    ],
  ]);
});

test('an action that is taken is told of with what was published', async () => {
  const Policy = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: TOPIC },
    ],
  });
  const principal = { arn: 'arn:aws:iam::123456789012:root' };
  const input = { Name: 'alarms', Attributes: { Policy } };
  await aws.dispatch({ service: 'sns', operation: 'CreateTopic', input, principal });
  await put({ AlarmActions: [TOPIC] });
  await set('ALARM');
  const [action] = await history({ HistoryItemType: 'Action' });
  expect(action?.HistorySummary).toBe(`Successfully executed action ${TOPIC}`);
  const { publishedMessage } = JSON.parse(action?.HistoryData ?? '');
  expect(JSON.parse(publishedMessage)).toMatchObject({ AlarmName: 'failing', NewStateValue: 'ALARM' });
});

test('it is read by alarm, time and page, and kept for 30 days', async () => {
  await put();
  await put({ AlarmName: 'other' });
  await aws.clock.advance(DAY_MS);
  await set('ALARM', 'other');
  expect(await summaries({ AlarmName: 'failing' })).toEqual(['Alarm "failing" created']);
  expect(await summaries({ StartDate: new Date('2026-11-23T00:00:00Z') })).toHaveLength(1);
  expect(await summaries({ EndDate: new Date('2026-11-23T00:00:00Z') })).toHaveLength(2);
  expect(await summaries({ AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
  const { NextToken } = await cloudWatch.describeAlarmHistory({ MaxRecords: 2 });
  expect(await summaries({ NextToken, MaxRecords: 2 })).toEqual(['Alarm "failing" created']);
  await aws.clock.advance(29 * DAY_MS);
  expect(await summaries({ AlarmName: 'failing' })).toEqual([]);
  await expect(history({ HistoryItemType: 'Odd' })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('alarms are found by exactly their metric', async () => {
  await put();
  await put({ AlarmName: 'of one', Dimensions: [{ Name: 'Site', Value: 'shop' }] });
  await put({ AlarmName: 'slow', Period: 300 });
  const found = async (more: object = {}) =>
    (
      await cloudWatch.describeAlarmsForMetric({ Namespace: 'Nameplate', MetricName: 'Failed', ...more })
    ).MetricAlarms?.map(({ AlarmName }) => AlarmName);
  expect(await found()).toEqual(['failing', 'slow']);
  expect(await found({ Dimensions: [{ Name: 'Site', Value: 'shop' }] })).toEqual(['of one']);
  expect(await found({ Period: 300 })).toEqual(['slow']);
  expect(await found({ Statistic: 'Average' })).toEqual([]);
});
