import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Operation } from '../../../wire/service.ts';
import { invalidCombination, invalidValue, missing } from '../errors.ts';
import type { MetricStore } from './metric-store.ts';
import type { Samples } from './samples.ts';
import { UNITS } from './units.ts';

// Source: CloudWatch API Reference, "PutMetricData", "MetricDatum"; checked 2026-11-22.
const MAX_DATA = 1_000;
const MAX_DIMENSIONS = 30;
const MAX_VALUES = 150;
const MAX_VALUE = 2 ** 360;
const PAST_MS = 14 * 86_400_000;
const FUTURE_MS = 2 * 3_600_000;

/** Takes measurements. */
export const putMetricData = (host: Host, store: MetricStore): Operation<PutMetricDataInput, object> => ({
  conditions: ({ Namespace = '' }) => ({ 'cloudwatch:namespace': [Namespace] }),
  run({ Namespace = '', MetricData = [], EntityMetricData }, { region }) {
    if (EntityMetricData?.length) throw invalidValue('EntityMetricData is not part of the local AWS.');
    if (Namespace === '') throw missing('Namespace');
    if (Namespace.startsWith('AWS/')) throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
    if (MetricData.length === 0) throw missing('MetricData');
    if (MetricData.length > MAX_DATA)
      throw invalidValue(`The collection MetricData must not have more than ${MAX_DATA} items.`);
    for (const datum of MetricData) check(datum, host.clock.now().getTime());
    for (const datum of MetricData) record(host, store, { region, Namespace, datum });
    return {};
  },
});

/** Records a measurement without asking who sends it: services' own metrics come this way. */
export function record(
  { clock }: Host,
  store: MetricStore,
  { region, Namespace, datum }: { region: string; Namespace: string; datum: MetricDatum },
): void {
  const { MetricName, Dimensions, Timestamp = clock.now(), Unit: unit = 'None', StorageResolution } = datum;
  const bucketMs = StorageResolution === 1 ? 1_000 : 60_000;
  const name = { Namespace, MetricName, Dimensions };
  store.record(region, name, { at: Timestamp.getTime(), unit, bucketMs, samples: samplesOf(datum) });
}

function check(
  { MetricName, Dimensions = [], Timestamp, Value, StatisticValues, Values, Counts, Unit = 'None' }: MetricDatum,
  now: number,
): void {
  if (!MetricName) throw missing('MetricData.member.1.MetricName');
  if (Dimensions.length > MAX_DIMENSIONS) {
    throw invalidValue(`The collection Dimensions must not have more than ${MAX_DIMENSIONS} items.`);
  }
  // Source: github.com/jdamick/dropwizard-metrics-cloudwatch issue 3; checked 2026-11-30.
  if (new Set(Dimensions.map(({ Name }) => Name)).size < Dimensions.length) {
    throw invalidValue('No metric may specify the same dimension name twice.');
  }
  if (Dimensions.some(({ Name, Value: value }) => !Name || !value)) {
    throw invalidValue('The name and the value of a dimension must not be empty.');
  }
  if (!UNITS.includes(Unit)) {
    const set = UNITS.join(', ');
    throw invalidValue(`The parameter MetricData.member.1.Unit must be a value in the set [ ${set} ].`);
  }
  const given = [Value, StatisticValues, Values].filter((one) => one !== undefined).length;
  if (given === 0) throw missing('MetricData.member.1.Value');
  if (given > 1) {
    throw invalidCombination(
      'The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.',
    );
  }
  if ((Values?.length ?? 0) > MAX_VALUES)
    throw invalidValue(`The collection Values must not have more than ${MAX_VALUES} items.`);
  if (Counts && Counts.length !== Values?.length) throw invalidValue('Values and Counts must be of the same size.');
  if ([Value, ...(Values ?? [])].some((value) => value !== undefined && !(Math.abs(value) <= MAX_VALUE))) {
    throw invalidValue('The value for parameter Value must be in the range of -2^360 to 2^360.');
  }
  const at = Timestamp?.getTime() ?? now;
  if (at < now - PAST_MS || at > now + FUTURE_MS) {
    throw invalidValue(
      'The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past and two hours in the future.',
    );
  }
}

function samplesOf({ Value, Values, Counts, StatisticValues }: MetricDatum): Samples {
  if (StatisticValues) {
    const { SampleCount: count = 0, Sum: sum = 0, Minimum: min = 0, Maximum: max = 0 } = StatisticValues;
    return { count, sum, min, max, values: undefined };
  }
  const values = new Map<number, number>();
  for (const [index, value] of (Values ?? [Value ?? 0]).entries()) {
    values.set(value, (values.get(value) ?? 0) + (Counts?.[index] ?? 1));
  }
  const all = [...values];
  return {
    count: all.reduce((count, [, times]) => count + times, 0),
    sum: all.reduce((sum, [value, times]) => sum + value * times, 0),
    min: Math.min(...values.keys()),
    max: Math.max(...values.keys()),
    values,
  };
}
