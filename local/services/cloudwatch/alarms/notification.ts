import type { Host } from '../../../host.ts';
import type { Alarm } from './alarm.ts';
import { awsTimestamp } from './reason.ts';
import { regionName } from './region-name.ts';

/**
 * The JSON that an alarm publishes to a topic. Every field is there, also one without a value.
 * Source: public recordings of such messages; checked 2026-11-30.
 */
export const notificationOf = (host: Host, alarm: Alarm, previous: Pick<Alarm, 'state'>): object => ({
  AlarmName: alarm.settings.AlarmName,
  AlarmDescription: alarm.settings.AlarmDescription ?? null,
  AWSAccountId: host.account,
  AlarmConfigurationUpdatedTimestamp: awsTimestamp(alarm.updatedAt),
  NewStateValue: alarm.state,
  NewStateReason: alarm.reason,
  StateChangeTime: awsTimestamp(alarm.stateAt),
  Region: regionName(alarm.region),
  AlarmArn: alarm.arn,
  OldStateValue: previous.state,
  OKActions: alarm.settings.OKActions ?? [],
  AlarmActions: alarm.settings.AlarmActions ?? [],
  InsufficientDataActions: alarm.settings.InsufficientDataActions ?? [],
  Trigger: {
    MetricName: alarm.metric.MetricName,
    Namespace: alarm.metric.Namespace,
    ...statisticOf(alarm),
    Unit: alarm.settings.Unit ?? null,
    Dimensions: (alarm.metric.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
    Period: alarm.periodMs / 1000,
    EvaluationPeriods: alarm.periods,
    ...(alarm.settings.DatapointsToAlarm !== undefined && { DatapointsToAlarm: alarm.toAlarm }),
    ComparisonOperator: alarm.compare,
    Threshold: alarm.threshold,
    TreatMissingData: alarm.missing,
    EvaluateLowSampleCountPercentile: alarm.settings.EvaluateLowSampleCountPercentile ?? '',
  },
});

const statisticOf = ({ settings: { Statistic }, stat }: Alarm): object =>
  Statistic === undefined
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: stat }
    : { StatisticType: 'Statistic', Statistic: stat.toUpperCase() };
