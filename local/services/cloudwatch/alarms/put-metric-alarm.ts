import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Operation } from '../../../wire/service.ts';
import { invalidValue, missing } from '../errors.ts';
import { periodMs } from '../metrics/period.ts';
import type { Alarm } from './alarm.ts';
import type { Alarms } from './alarms.ts';
import type { Evaluating } from './evaluating.ts';

const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
const MISSING = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** Makes an alarm on one metric, or changes what it says; its state stays. */
export const putMetricAlarm = (
  host: Host,
  { alarms, evaluating }: { alarms: Alarms; evaluating: Evaluating },
): Operation<PutMetricAlarmInput, object> => ({
  resources: ({ AlarmName = '' }, { region }) => [alarms.arn(AlarmName, region)],
  conditions: ({ Tags = [] }) =>
    Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, [Value ?? '']])),
  run(input, { region }) {
    const { AlarmName = '', Tags, ...settings } = input;
    const old = alarms.find(AlarmName, region);
    const now = host.clock.now();
    const alarm: Alarm = {
      arn: alarms.arn(AlarmName, region),
      region,
      ...checked(input),
      settings: { ...settings, AlarmName, ActionsEnabled: input.ActionsEnabled ?? true },
      state: old?.state ?? 'INSUFFICIENT_DATA',
      reason: old?.reason ?? 'Unchecked: Initial alarm creation',
      stateAt: old?.stateAt ?? now,
      updatedAt: now,
      tags: old?.tags ?? new Map((Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      timer: undefined,
    };
    old?.timer?.cancel();
    alarms.add(alarm);
    evaluating.plan(alarm);
    return {};
  },
});

type Judged = Pick<Alarm, 'metric' | 'stat' | 'periodMs' | 'periods' | 'toAlarm' | 'threshold' | 'compare' | 'missing'>;

function checked(input: PutMetricAlarmInput): Judged {
  const { MetricName, Namespace, Dimensions, EvaluationPeriods, Threshold, ComparisonOperator } = input;
  const { Statistic, ExtendedStatistic, DatapointsToAlarm, TreatMissingData = 'missing' } = input;
  if (input.Metrics || input.ThresholdMetricId || input.EvaluationCriteria) {
    throw invalidValue('Metric math, anomaly detection and query alarms are not part of the local AWS.');
  }
  if (!MetricName) throw missing('MetricName');
  if (!Namespace) throw missing('Namespace');
  const stat = Statistic ?? ExtendedStatistic;
  if (!stat) throw missing('Statistic');
  if (Threshold === undefined) throw missing('Threshold');
  if (!EvaluationPeriods || EvaluationPeriods < 1) throw missing('EvaluationPeriods');
  const compare = COMPARISONS.find((one) => one === ComparisonOperator);
  if (!compare)
    throw invalidValue(`The value ${ComparisonOperator} for parameter ComparisonOperator is not supported.`);
  const whenMissing = MISSING.find((one) => one === TreatMissingData);
  if (!whenMissing) throw invalidValue(`Option ${TreatMissingData} is not supported.`);
  const toAlarm = DatapointsToAlarm ?? EvaluationPeriods;
  if (toAlarm < 1 || toAlarm > EvaluationPeriods) {
    throw invalidValue('DatapointsToAlarm must be between 1 and EvaluationPeriods.');
  }
  return {
    metric: { Namespace, MetricName, Dimensions },
    stat,
    periodMs: periodMs(input.Period),
    periods: EvaluationPeriods,
    toAlarm,
    threshold: Threshold,
    compare,
    missing: whenMissing,
  };
}
