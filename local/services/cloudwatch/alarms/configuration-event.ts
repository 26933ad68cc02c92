import type { Host } from '../../../host.ts';
import type { Alarm } from './alarm.ts';
import { awsTimestamp } from './reason.ts';

/** Puts "CloudWatch Alarm Configuration Change" on the default bus. */
export function tellConfiguration(
  host: Host,
  { alarm, operation, previous }: { alarm: Alarm; operation: 'create' | 'update' | 'delete'; previous?: Alarm },
): void {
  host.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm Configuration Change',
    region: alarm.region,
    resources: [alarm.arn],
    // Source: CloudWatch User Guide, "Alarm events and EventBridge"; checked 2026-11-30.
    detail: {
      alarmName: alarm.settings.AlarmName,
      operation,
      state: { value: alarm.state, timestamp: awsTimestamp(alarm.stateAt) },
      configuration: configurationOf(alarm),
      ...(previous && { previousConfiguration: configurationOf(previous) }),
    },
  });
}

const configurationOf = (alarm: Alarm): object => ({
  evaluationPeriods: alarm.periods,
  ...(alarm.settings.DatapointsToAlarm !== undefined && { datapointsToAlarm: alarm.toAlarm }),
  threshold: alarm.threshold,
  comparisonOperator: alarm.compare,
  treatMissingData: alarm.settings.TreatMissingData ?? 'missing',
  metrics: metricsOf(alarm),
  alarmName: alarm.settings.AlarmName,
  ...(alarm.settings.AlarmDescription !== undefined && { description: alarm.settings.AlarmDescription }),
  actionsEnabled: alarm.settings.ActionsEnabled ?? true,
  timestamp: awsTimestamp(alarm.updatedAt),
  okActions: alarm.settings.OKActions ?? [],
  alarmActions: alarm.settings.AlarmActions ?? [],
  insufficientDataActions: alarm.settings.InsufficientDataActions ?? [],
});

/** The one metric of an alarm, as events describe it. */
export const metricsOf = ({ metric, metricId, periodMs, stat }: Alarm): object[] => [
  {
    id: metricId,
    metricStat: {
      metric: {
        namespace: metric.Namespace,
        name: metric.MetricName,
        dimensions: Object.fromEntries((metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
      },
      period: periodMs / 1000,
      stat,
    },
    returnData: true,
  },
];
