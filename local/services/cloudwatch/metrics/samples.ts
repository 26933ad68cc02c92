import { invalidValue } from '../errors.ts';

/** What was measured within one bucket of time, in one unit. */
export interface Samples {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Each value and how often; undefined once a statistic set without single values has come in. */
  values: Map<number, number> | undefined;
}

/** Several buckets as one; undefined for none. */
export function merged(all: Samples[]): Samples | undefined {
  const [first, ...rest] = all;
  if (!first) return undefined;
  const total: Samples = { ...first, values: first.values && new Map(first.values) };
  for (const one of rest) add(total, one);
  return total;
}

export function add(total: Samples, more: Samples): void {
  total.count += more.count;
  total.sum += more.sum;
  total.min = Math.min(total.min, more.min);
  total.max = Math.max(total.max, more.max);
  if (!more.values) total.values = undefined;
  for (const [value, count] of more.values ?? []) total.values?.set(value, (total.values.get(value) ?? 0) + count);
}

export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

/** A statistic by its name: "Average", "p99.9". Undefined where it can't be known. */
export function statistic(name: string, samples: Samples): number | undefined {
  const simple: Record<string, number> = {
    SampleCount: samples.count,
    Sum: samples.sum,
    Average: samples.sum / samples.count,
    Minimum: samples.min,
    Maximum: samples.max,
  };
  if (name in simple) return simple[name];
  const percent = Number(/^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1]);
  if (!(percent >= 0 && percent <= 100)) throw invalidValue(`The value ${name} for parameter Stat is not supported.`);
  return percentile(samples, percent / 100);
}

function percentile({ values, count }: Samples, share: number): number | undefined {
  if (!values) return undefined;
  let left = Math.max(1, Math.ceil(share * count));
  for (const [value, times] of [...values].sort(([a], [b]) => a - b)) {
    left -= times;
    if (left <= 0) return value;
  }
  return undefined;
}
