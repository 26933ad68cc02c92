import type { CloudWatchAlarmConfiguration } from '@aws-sdk/client-route-53';

/** What health checks ask of CloudWatch. */
export interface Metrics {
  /** Lets a metric have a value in every minute from now on; undefined ends that. */
  hold(
    region: string,
    name: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] },
    held: { value: number; unit: 'None' | 'Percent' | 'Milliseconds' } | undefined,
  ): void;
  /** The metric and threshold of an alarm; undefined when there is no such alarm. */
  alarm(region: string, name: string): CloudWatchAlarmConfiguration | undefined;
  /**
   * Judges an alarm's metric as the alarm does, apart from its state. What the metric says first, and then every change, is told
   * until the returned function is called. Undefined for no such alarm.
   */
  watchAlarm(
    region: string,
    name: string,
    told: (state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA') => void,
  ): (() => void) | undefined;
}

/** Health-check metrics are in this region alone. Source: Route 53 Developer Guide, "Monitoring health checks using CloudWatch"; checked 2026-11-30. */
export const METRICS_REGION = 'us-east-1';
export const METRICS_NAMESPACE = 'AWS/Route53';
