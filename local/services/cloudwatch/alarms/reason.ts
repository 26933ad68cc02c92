import { type Alarm, breaches } from './alarm.ts';

/** One period's value, newest first in every list; undefined when nothing was measured. */
export interface Datapoint {
  at: number;
  value: number | undefined;
  count: number;
}

// The words and shapes of DescribeAlarms and of state-change events. Source: public recordings of both, such as "Threshold Crossed:
// 1 datapoint [6.0 (03/03/26 01:35:00)] was greater than or equal to the threshold (3.0)."; checked 2026-11-30.

const COMPARED: Partial<Record<Alarm['compare'], string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

export const insufficientReason = (periods: number): string =>
  `Insufficient Data: ${periods} datapoint${periods === 1 ? ' was' : 's were'} unknown.`;

/** Why an alarm is OK or in alarm: the datapoints that say so, and the missing ones that count with them. */
export function thresholdReason(
  alarm: Alarm,
  { state, real, filled }: { state: 'OK' | 'ALARM'; real: Datapoint[]; filled: number },
): string {
  const { periods, toAlarm, threshold, compare, missing, settings } = alarm;
  const treated = missing === 'breaching' || missing === 'notBreaching';
  const as = missing === 'breaching' ? 'Breaching' : 'NonBreaching';
  const missingOnes = `${filled} missing datapoint${filled === 1 ? ' was' : 's were'} treated as [${as}]`;
  if (real.length === 0) {
    const many = `${periods} period${periods === 1 ? '' : 's'}`;
    return `Threshold Crossed: no datapoints were received for ${many} and ${missingOnes}.`;
  }
  const telling = real.filter(({ value = 0 }) => breaches(alarm, value) === (state === 'ALARM'));
  const shown = telling.length > 0 ? telling : real;
  const list = shown.map(({ at, value = 0 }) => `${java(value)} (${shortTime(at)})`).join(', ');
  const many = shown.length === 1 ? '1 datapoint' : `${shown.length} datapoints`;
  const verb = `${shown.length === 1 ? 'was' : 'were'}${telling.length > 0 === (state === 'ALARM') ? '' : ' not'}`;
  const said = `${verb} ${COMPARED[compare]} the threshold (${java(threshold)})`;
  if (filled > 0 && treated) return `Threshold Crossed: ${many} [${list}] ${said} and ${missingOnes}.`;
  if (settings.DatapointsToAlarm === undefined) return `Threshold Crossed: ${many} [${list}] ${said}.`;
  const needed = state === 'ALARM' ? toAlarm : periods - toAlarm + 1;
  const turn = state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK';
  const least = `minimum ${needed} datapoint${needed === 1 ? '' : 's'} for ${turn} transition`;
  return `Threshold Crossed: ${shown.length} out of the last ${periods} datapoints [${list}] ${said} (${least}).`;
}

/** The same for programs, as JSON in a string. */
export function reasonDataOf(
  { stat, periodMs, threshold, settings }: Alarm,
  { now, real, evaluated }: { now: number; real: Datapoint[]; evaluated: Datapoint[] },
): string {
  const oldest = real.at(-1);
  return numbersAsJava({
    version: '1.0',
    queryDate: awsTimestamp(new Date(now)),
    ...(oldest && { startDate: awsTimestamp(new Date(oldest.at)) }),
    ...(settings.Unit && { unit: settings.Unit }),
    ...(settings.Statistic && { statistic: stat }),
    period: periodMs / 1000,
    recentDatapoints: real.toReversed().map(({ value = 0 }) => new Double(value)),
    threshold: new Double(threshold),
    evaluatedDatapoints: evaluated.map(({ at, value, count }) => ({
      timestamp: awsTimestamp(new Date(at)),
      ...(value !== undefined && { sampleCount: new Double(count), value: new Double(value) }),
    })),
  });
}

/** "2026-11-22T12:00:00.000+0000" */
export const awsTimestamp = (at: Date): string => at.toISOString().replace('Z', '+0000');

/** "22/11/26 12:00:00" */
function shortTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year = '', month, day] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

/** A number as the service's own language writes a double: 1 is "1.0". */
const java = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

const MARK = '\u0000';

/** JSON in which doubles are written as the service writes them; each is carried through as a marked string. */
function numbersAsJava(value: object): string {
  const marked = JSON.stringify(value, (_, one) => (one instanceof Double ? `${MARK}${java(one.value)}${MARK}` : one));
  return marked.replaceAll('"\\u0000', '').replaceAll('\\u0000"', '');
}
