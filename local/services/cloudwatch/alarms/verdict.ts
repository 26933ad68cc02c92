import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Metric } from '../metrics/metric.ts';
import { statistic } from '../metrics/samples.ts';
import { type Alarm, breaches, stepMs } from './alarm.ts';
import { type Datapoint, insufficientReason, reasonDataOf, thresholdReason } from './reason.ts';

/** What an evaluation found. `seen` counts the periods that had data. */
export interface AlarmVerdict {
  state: StateValue;
  reason: string;
  reasonData?: string | undefined;
  seen: number;
}

/**
 * How many periods beyond those to evaluate are looked at when data is missing. The guide shows two for three periods of standard
 * resolution, and says that it varies. Source: CloudWatch User Guide, "Configuring how alarms treat missing data"; checked 2026-11-30.
 */
export const EXTRA_PERIODS = 2;

/**
 * Judges the last full periods before `now`. Missing ones are filled in as the alarm says only when the wider range holds too few real
 * ones.
 */
export function judge(alarm: Alarm, metric: Metric | undefined, now: number): AlarmVerdict {
  const { periods, toAlarm, missing } = alarm;
  const range = datapointsOf(alarm, metric, now);
  const latest = range.slice(0, periods);
  const real = range.filter(({ value }) => value !== undefined).slice(0, periods);
  const seen = real.length;
  const filled = latest.every(({ value }) => value !== undefined) ? 0 : periods - seen;
  const bad = real.filter(({ value = 0 }) => breaches(alarm, value)).length;
  const stay = (): AlarmVerdict => ({ state: alarm.state, reason: alarm.reason, reasonData: alarm.reasonData, seen });
  const decide = (state: 'OK' | 'ALARM'): AlarmVerdict => ({
    state,
    reason: thresholdReason(alarm, { state, real, filled }),
    reasonData: reasonDataOf(alarm, { now, real, evaluated: real.slice(0, 1) }),
    seen,
  });
  if (seen === 0 && missing === 'missing') {
    const reasonData = reasonDataOf(alarm, { now, real, evaluated: latest });
    return { state: 'INSUFFICIENT_DATA', reason: insufficientReason(periods), reasonData, seen };
  }
  if (seen === 0 && missing === 'ignore') return stay();
  const counted = bad + (missing === 'breaching' ? filled : 0);
  if (counted >= toAlarm) return decide('ALARM');
  if (filled === 0 || missing === 'breaching' || missing === 'notBreaching') return decide('OK');
  if (seen < toAlarm && alarmsEarly(alarm, latest)) return missing === 'ignore' ? stay() : decide('ALARM');
  return missing === 'ignore' && bad === seen ? stay() : decide('OK');
}

/** The periods that an evaluation looks at, newest first. */
function datapointsOf(alarm: Alarm, metric: Metric | undefined, now: number): Datapoint[] {
  const { periodMs, periods, stat } = alarm;
  const end = now - (now % stepMs(alarm));
  return Array.from({ length: periods + EXTRA_PERIODS }, (_, n) => {
    const at = end - (n + 1) * periodMs;
    const samples = metric?.between(at, at + periodMs, alarm.settings.Unit);
    return { at, value: samples && statistic(stat, samples), count: samples?.count ?? 0 };
  });
}

/**
 * An alarm does not wait for data that is missing: it alarms when the oldest breaching datapoint of those evaluated is as old as the
 * datapoints to alarm, and what came since is breaching or missing.
 */
function alarmsEarly(alarm: Alarm, latest: Datapoint[]): boolean {
  const breaching = ({ value }: Datapoint): boolean => value !== undefined && breaches(alarm, value);
  const oldest = latest.findLastIndex(breaching);
  const since = latest.slice(0, oldest + 1);
  return oldest + 1 >= alarm.toAlarm && since.every((point) => point.value === undefined || breaching(point));
}
