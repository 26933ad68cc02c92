import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Operation } from '../../../wire/service.ts';
import { invalidValue, missing } from '../errors.ts';
import { checkDatum, wrongText } from './check-datum.ts';
import type { MetricStore } from './metric-store.ts';
import type { Samples } from './samples.ts';

// Source: CloudWatch API Reference, "PutMetricData"; checked 2026-11-22.
const MAX_DATA = 1_000;
const LONGEST_NAMESPACE = 255;

/** Takes measurements. */
export const putMetricData = (host: Host, store: MetricStore): Operation<PutMetricDataInput, object> => ({
  conditions: ({ Namespace = '' }) => ({ 'cloudwatch:namespace': [Namespace] }),
  run({ Namespace = '', MetricData = [], EntityMetricData }, { region }) {
    if (EntityMetricData?.length) throw invalidValue('EntityMetricData is not part of the local AWS.');
    if (Namespace === '') throw missing('Namespace');
    const wrong = wrongText('Namespace', Namespace, LONGEST_NAMESPACE);
    if (wrong.length > 0) throw invalidValue(wrong.join('\n'));
    if (Namespace.startsWith('AWS/')) throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
    if (MetricData.length === 0) throw missing('MetricData');
    if (MetricData.length > MAX_DATA)
      throw invalidValue(`The collection MetricData must not have more than ${MAX_DATA} items.`);
    for (const [index, datum] of MetricData.entries()) {
      checkDatum(datum, { at: `MetricData.member.${index + 1}`, now: host.clock.now().getTime() });
    }
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
