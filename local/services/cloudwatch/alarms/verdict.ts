import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Metric } from '../metrics/metric.ts';
import { statistic } from '../metrics/samples.ts';
import { type Alarm, breaches } from './alarm.ts';

/** What an evaluation found. `seen` counts the periods that had data. */
export interface AlarmVerdict {
  state: StateValue;
  reason: string;
  seen: number;
}

/** Judges the last full periods before `now`: so many of them must breach, missing ones counting as the alarm says. */
export function judge(alarm: Alarm, metric: Metric | undefined, now: number): AlarmVerdict {
  const { periodMs, periods, toAlarm, threshold, missing, stat } = alarm;
  const end = now - (now % periodMs);
  const values = Array.from({ length: periods }, (_, n) => {
    const start = end - (n + 1) * periodMs;
    const samples = metric?.between(start, start + periodMs, alarm.settings.Unit);
    return samples ? statistic(stat, samples) : undefined;
  });
  const present = values.filter((value) => value !== undefined);
  const seen = present.length;
  const absent = periods - seen;
  if (missing === 'ignore' && absent > 0) return { state: alarm.state, reason: alarm.reason, seen };
  if (missing === 'missing' && seen === 0) {
    return { state: 'INSUFFICIENT_DATA', reason: 'Insufficient Data: no datapoints were received', seen };
  }
  const bad = present.filter((value) => breaches(alarm, value)).length + (missing === 'breaching' ? absent : 0);
  const shown = present.map((value) => value.toFixed(1)).join(', ');
  const many = `${bad} out of the last ${periods} datapoints`;
  return bad >= toAlarm
    ? { state: 'ALARM', reason: `Threshold Crossed: ${many} [${shown}] breached the threshold (${threshold}).`, seen }
    : { state: 'OK', reason: `Threshold Crossed: ${many} [${shown}] breached, fewer than ${toAlarm}.`, seen };
}
