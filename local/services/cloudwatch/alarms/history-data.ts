import type { Alarm } from './alarm.ts';
import { awsTimestamp } from './reason.ts';

/** An alarm's settings as its history writes them. Source: public recordings of DescribeAlarmHistory; checked 2026-11-30. */
export const configurationIn = ({ settings, arn, metric, state, stateAt, updatedAt, ...alarm }: Alarm): object => ({
  alarmName: settings.AlarmName,
  ...(settings.AlarmDescription !== undefined && { alarmDescription: settings.AlarmDescription }),
  alarmArn: arn,
  alarmConfigurationUpdatedTimestamp: awsTimestamp(updatedAt),
  namespace: metric.Namespace,
  metricName: metric.MetricName,
  ...(settings.Statistic === undefined ? { extendedStatistic: alarm.stat } : { statistic: alarm.stat }),
  period: alarm.periodMs / 1000,
  ...(settings.Unit && { unit: settings.Unit }),
  dimensions: (metric.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
  threshold: alarm.threshold,
  comparisonOperator: alarm.compare,
  evaluationPeriods: alarm.periods,
  ...(settings.DatapointsToAlarm !== undefined && { datapointsToAlarm: alarm.toAlarm }),
  ...(settings.TreatMissingData !== undefined && { treatMissingData: settings.TreatMissingData }),
  stateValue: state,
  stateUpdatedTimestamp: awsTimestamp(stateAt),
  actionsEnabled: settings.ActionsEnabled ?? true,
  alarmActions: settings.AlarmActions ?? [],
  insufficientDataActions: settings.InsufficientDataActions ?? [],
  okactions: settings.OKActions ?? [],
});
