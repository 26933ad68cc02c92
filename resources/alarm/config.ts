import { isDeepStrictEqual } from 'node:util';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { HealthCheckAlarm } from '../../domain/failover/health-check-alarm.ts';

/** What an alarm watches and when it is bad. */
const WATCHED = [
  'Namespace',
  'MetricName',
  'Dimensions',
  'Statistic',
  'Period',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
] as const satisfies readonly (keyof MetricAlarm)[];

type Watched = Pick<MetricAlarm, (typeof WATCHED)[number]>;

/**
 * The alarm as it is to be: bad with the first minute in which Route 53 counted the health check as failed, as it leads viewers to the page from
 * then on. A minute without data is neither bad nor good.
 */
export function configOf({ healthCheckId }: Pick<HealthCheckAlarm, 'healthCheckId'>): Required<Watched> {
  return {
    Namespace: 'AWS/Route53',
    MetricName: 'HealthCheckStatus',
    Dimensions: [{ Name: 'HealthCheckId', Value: healthCheckId }],
    Statistic: 'Minimum',
    Period: 60,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'missing',
  };
}

/** The settings in which an alarm is not as it is to be: its actions and whether they are enabled are the user's. */
export function differences(alarm: MetricAlarm, desired: Watched): { before: Watched; after: Watched } | undefined {
  const keys = WATCHED.filter((key) => !isDeepStrictEqual(alarm[key], desired[key]));
  if (keys.length === 0) return undefined;
  const only = (from: Watched): Watched => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { before: only(alarm), after: only(desired) };
}
