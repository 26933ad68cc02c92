import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Operation } from '../../../wire/service.ts';
import { invalidCombination, invalidValue, missing, validationError } from '../errors.ts';
import { periodMs } from '../metrics/period.ts';
import type { Alarm } from './alarm.ts';
import type { Alarms } from './alarms.ts';
import { tellConfiguration } from './configuration-event.ts';
import type { Evaluating } from './evaluating.ts';
import type { AlarmHistory } from './history.ts';

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
  { alarms, evaluating, history }: { alarms: Alarms; evaluating: Evaluating; history: AlarmHistory },
): Operation<PutMetricAlarmInput, object> => ({
  resources: ({ AlarmName = '' }, { region }) => [alarms.arn(AlarmName, region)],
  conditions: ({ Tags = [], AlarmActions = [] }) => ({
    ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, [Value ?? '']])),
    ...(Tags.length > 0 && { 'aws:TagKeys': Tags.map(({ Key = '' }) => Key) }),
    ...(AlarmActions.length > 0 && { 'cloudwatch:AlarmActions': AlarmActions }),
  }),
  // Tags count on creation alone, and want a permission of their own.
  dependents: ({ AlarmName = '', Tags = [] }, { region }) =>
    Tags.length > 0 ? [{ action: 'cloudwatch:TagResource', resources: [alarms.arn(AlarmName, region)] }] : [],
  run(input, { region }) {
    const { AlarmName = '', Tags, ...settings } = input;
    checkExtended(input);
    refuseActions(input, region);
    const old = alarms.find(AlarmName, region);
    const now = host.clock.now();
    const alarm: Alarm = {
      arn: alarms.arn(AlarmName, region),
      region,
      ...checked(input),
      settings: { ...settings, AlarmName, ActionsEnabled: input.ActionsEnabled ?? true },
      metricId: old?.metricId ?? metricId(host),
      state: old?.state ?? 'INSUFFICIENT_DATA',
      reason: old?.reason ?? 'Unchecked: Initial alarm creation',
      reasonData: old?.reasonData,
      stateAt: old?.stateAt ?? now,
      updatedAt: now,
      tags: old?.tags ?? new Map((Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      timer: undefined,
    };
    old?.timer?.cancel();
    alarms.add(alarm);
    evaluating.plan(alarm);
    const operation = old ? 'update' : 'create';
    tellConfiguration(host, { alarm, operation, ...(old && { previous: old }) });
    history.configured(alarm, operation);
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
  if (Statistic !== undefined && ExtendedStatistic !== undefined) {
    throw invalidCombination('Exactly one of the parameters Statistic and ExtendedStatistic must be specified.');
  }
  const stat = Statistic ?? ExtendedStatistic;
  if (!stat) throw missing('Statistic');
  if (Threshold === undefined) throw missing('Threshold');
  if (!EvaluationPeriods || EvaluationPeriods < 1) throw missing('EvaluationPeriods');
  const compare = COMPARISONS.find((one) => one === ComparisonOperator);
  if (!compare)
    throw invalidValue(`${ComparisonOperator} is for anomaly detection, which is not part of the local AWS.`);
  const whenMissing = MISSING.find((one) => one === TreatMissingData);
  if (!whenMissing) throw invalidValue(`Option ${TreatMissingData} is not supported.`);
  const toAlarm = DatapointsToAlarm ?? EvaluationPeriods;
  if (toAlarm < 1 || toAlarm > EvaluationPeriods) {
    throw invalidValue('DatapointsToAlarm must be between 1 and EvaluationPeriods.');
  }
  return {
    metric: { Namespace, MetricName, Dimensions },
    stat,
    periodMs: alarmPeriodMs(input),
    periods: EvaluationPeriods,
    toAlarm,
    threshold: Threshold,
    compare,
    // Whatever is asked for. Source: CloudWatch API Reference, "PutMetricAlarm", TreatMissingData; checked 2026-11-30.
    missing: Namespace === 'AWS/DynamoDB' ? 'ignore' : whenMissing,
  };
}

// Source: CloudWatch API Reference, "PutMetricAlarm"; the words: issues of Terraform's aws_cloudwatch_metric_alarm; checked 2026-11-30.
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;
const HOUR_SECONDS = 3_600;

function checkExtended({ ExtendedStatistic }: PutMetricAlarmInput): void {
  if (ExtendedStatistic === undefined || /^p(100|\d{1,2}(\.\d{1,10})?)$/.test(ExtendedStatistic)) return;
  throw invalidValue(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
}

function refuseActions(
  { AlarmActions, OKActions, InsufficientDataActions }: PutMetricAlarmInput,
  region: string,
): void {
  for (const actions of [AlarmActions, OKActions, InsufficientDataActions]) {
    for (const arn of actions ?? []) {
      const [prefix, , service = '', there = ''] = arn.split(':');
      if (prefix !== 'arn' || service === '') throw validationError(`Invalid arn syntax: ${arn}`);
      if (there !== '' && there !== region) {
        throw validationError(`Invalid region ${there} specified. Only ${region} is supported.`);
      }
    }
  }
}

/** Alarms have no periods of 1 or 5 seconds, and look back over a day, or a week where the period is an hour or more. */
function alarmPeriodMs({ Period: seconds = 0, EvaluationPeriods: periods = 1 }: PutMetricAlarmInput): number {
  if (seconds < 10) throw invalidValue('The parameter Period must be a value of 10, 20, 30, or any multiple of 60.');
  const ms = periodMs(seconds);
  const most = seconds >= HOUR_SECONDS ? WEEK_SECONDS : DAY_SECONDS;
  if (seconds * periods <= most) return ms;
  const span = most === DAY_SECONDS ? 'a day' : 'seven days';
  throw validationError(
    `Metrics cannot be checked across more than ${span} (EvaluationPeriods * Period must be <= ${most}).`,
  );
}

const metricId = ({ draws }: Host): string => {
  const hex = draws.hex('monitoring:metric-id', 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
