import type { CloudWatchAlarmConfiguration } from '@aws-sdk/client-route-53';
import type { Metrics } from '../route53/health-checks/metrics.ts';
import type { Alarm } from './alarms/alarm.ts';

/** What Route 53's health checks ask of CloudWatch. */
export type HealthCheckMetrics = Metrics;

/** An alarm's metric and threshold, as a health check shows them. */
export const configurationOf = ({
  metric,
  periods,
  threshold,
  compare,
  periodMs,
  stat,
}: Alarm): CloudWatchAlarmConfiguration => ({
  EvaluationPeriods: periods,
  Threshold: threshold,
  ComparisonOperator: compare as CloudWatchAlarmConfiguration['ComparisonOperator'],
  Period: periodMs / 1000,
  MetricName: metric.MetricName,
  Namespace: metric.Namespace,
  Statistic: stat as CloudWatchAlarmConfiguration['Statistic'],
  Dimensions: (metric.Dimensions ?? []).map(({ Name, Value }) => ({ Name, Value })),
});
