import type { ComparisonOperator, MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../../clock/clock.ts';
import type { MetricName } from '../metrics/metric.ts';

/** An alarm on one metric, and what its last evaluation said. */
export interface Alarm {
  arn: string;
  region: string;
  /** As PutMetricAlarm gave it, with the defaults filled in. */
  settings: MetricAlarm & { AlarmName: string };
  metric: MetricName;
  stat: string;
  periodMs: number;
  periods: number;
  toAlarm: number;
  threshold: number;
  compare: ComparisonOperator;
  missing: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
  state: StateValue;
  reason: string;
  /** The same for programs, as JSON in a string. */
  reasonData: string | undefined;
  stateAt: Date;
  updatedAt: Date;
  tags: Map<string, string>;
  timer: Timer | undefined;
  /** Names its one metric in events. */
  metricId: string;
  /** Hears of every evaluation, instead of events and actions: what a health check follows. */
  told?: (state: StateValue) => void;
}

/** An alarm is evaluated every minute, also one of a longer period, whose periods then end at that minute; a shorter one at its end. */
export const stepMs = ({ periodMs }: Pick<Alarm, 'periodMs'>): number => Math.min(periodMs, 60_000);

/** Whether a value is on the wrong side of the alarm's threshold. */
export function breaches({ compare, threshold }: Alarm, value: number): boolean {
  if (compare === 'GreaterThanOrEqualToThreshold') return value >= threshold;
  if (compare === 'GreaterThanThreshold') return value > threshold;
  if (compare === 'LessThanThreshold') return value < threshold;
  return value <= threshold;
}
