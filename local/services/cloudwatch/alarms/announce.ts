import type { Host } from '../../../host.ts';
import type { Dispatch } from '../../../wire/service.ts';
import type { Alarm } from './alarm.ts';
import type { OnStateChange } from './evaluating.ts';

/** Tells of a changed state: the event on the default bus, and the alarm's actions for the new state. */
export const announcer =
  (host: Host, dispatch: Dispatch): OnStateChange =>
  (alarm, previous) => {
    host.emit({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      region: alarm.region,
      resources: [alarm.arn],
      detail: detailOf(alarm, previous),
    });
    const { ActionsEnabled, AlarmActions, OKActions, InsufficientDataActions } = alarm.settings;
    if (ActionsEnabled === false) return;
    const actions = { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions }[alarm.state];
    for (const arn of actions ?? []) host.clock.after(0, () => act(host, dispatch, { alarm, previous, arn }));
  };

// Source: CloudWatch User Guide, "Alarm events and EventBridge"; checked 2026-11-22.
const detailOf = (alarm: Alarm, previous: Pick<Alarm, 'state' | 'reason' | 'stateAt'>): object => ({
  alarmName: alarm.settings.AlarmName,
  state: stateOf(alarm),
  previousState: stateOf(previous),
  configuration: {
    description: alarm.settings.AlarmDescription ?? null,
    metrics: [
      {
        id: 'm1',
        metricStat: {
          metric: {
            namespace: alarm.metric.Namespace,
            name: alarm.metric.MetricName,
            dimensions: Object.fromEntries((alarm.metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
          },
          period: alarm.periodMs / 1000,
          stat: alarm.stat,
        },
        returnData: true,
      },
    ],
  },
});

const stateOf = ({ state, reason, stateAt }: Pick<Alarm, 'state' | 'reason' | 'stateAt'>): object => ({
  value: state,
  reason,
  timestamp: awsTimestamp(stateAt),
});

/** "2026-11-22T12:00:00.000+0000" */
const awsTimestamp = (at: Date): string => at.toISOString().replace('Z', '+0000');

/** A topic or a function is told; an action that fails is gone, as on AWS. */
async function act(
  host: Host,
  dispatch: Dispatch,
  { alarm, previous, arn }: { alarm: Alarm; previous: Pick<Alarm, 'state' | 'reason' | 'stateAt'>; arn: string },
): Promise<void> {
  const region = arn.split(':')[3] || alarm.region;
  try {
    if (arn.startsWith('arn:aws:sns:')) {
      const principal = { arn: alarm.arn, service: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn };
      const input = {
        TopicArn: arn,
        Subject: `${alarm.state}: "${alarm.settings.AlarmName}" in ${alarm.region}`.slice(0, 100),
        Message: JSON.stringify(messageOf(host, alarm, previous)),
      };
      await dispatch({ service: 'sns', operation: 'Publish', input, principal, region });
      return;
    }
    const principal = { arn: alarm.arn, service: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarm.arn };
    const event = {
      source: 'aws.cloudwatch',
      alarmArn: alarm.arn,
      accountId: host.account,
      time: awsTimestamp(alarm.stateAt),
      region: alarm.region,
      alarmData: detailOf(alarm, previous),
    };
    const input = { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) };
    await dispatch({ service: 'lambda', operation: 'Invoke', input, principal, region });
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== 'string') throw error;
  }
}

const messageOf = (host: Host, alarm: Alarm, previous: Pick<Alarm, 'state'>): object => ({
  AlarmName: alarm.settings.AlarmName,
  AlarmDescription: alarm.settings.AlarmDescription ?? null,
  AWSAccountId: host.account,
  AlarmArn: alarm.arn,
  NewStateValue: alarm.state,
  NewStateReason: alarm.reason,
  OldStateValue: previous.state,
  StateChangeTime: awsTimestamp(alarm.stateAt),
  Region: alarm.region,
  Trigger: {
    MetricName: alarm.metric.MetricName,
    Namespace: alarm.metric.Namespace,
    Dimensions: (alarm.metric.Dimensions ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
    Statistic: alarm.stat.toUpperCase(),
    Period: alarm.periodMs / 1000,
    EvaluationPeriods: alarm.periods,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.compare,
    TreatMissingData: alarm.missing,
  },
});
