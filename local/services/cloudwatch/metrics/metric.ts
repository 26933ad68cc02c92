import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { add, merged, type Samples } from './samples.ts';

/** What a metric is: its namespace, name and dimensions. */
export interface MetricName {
  Namespace?: string | undefined;
  MetricName?: string | undefined;
  Dimensions?: Dimension[] | undefined;
}

/** One spelling of a metric's identity; dimensions in any order are the same. */
export function metricKey({ Namespace, MetricName, Dimensions = [] }: MetricName): string {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort();
  return [Namespace, MetricName, ...dimensions].join('\0');
}

interface Bucket {
  at: number;
  unit: StandardUnit;
  samples: Samples;
}

/** One metric's measurements, in buckets of a second or a minute. */
export class Metric {
  readonly name: Required<MetricName>;
  /** The latest instant that anything was measured at. */
  lastAt = 0;
  /** In the order of their instants. */
  #buckets: Bucket[] = [];

  constructor(name: MetricName) {
    const { Namespace = '', MetricName = '', Dimensions = [] } = name;
    this.name = { Namespace, MetricName, Dimensions };
  }

  record(
    instant: number,
    { unit, bucketMs, samples }: { unit: StandardUnit; bucketMs: number; samples: Samples },
  ): void {
    const at = instant - (instant % bucketMs);
    const index = this.#first(at);
    const known = this.#upTo(index, at + 1).find((bucket) => bucket.unit === unit);
    if (known) add(known.samples, samples);
    else this.#buckets.splice(index, 0, { at, unit, samples: { ...samples } });
    this.lastAt = Math.max(this.lastAt, at);
  }

  /** Drops what is older than `oldest`. */
  forget(oldest: number): void {
    this.#buckets = this.#buckets.slice(this.#first(oldest));
  }

  /** Everything from `start` up to but not including `end`; undefined when there is nothing. */
  between(start: number, end: number, unit?: StandardUnit): Samples | undefined {
    return merged(this.#range(start, end, unit).map(({ samples }) => samples));
  }

  /** The same cut into periods that begin at multiples of `periodMs`; periods without anything are left out. */
  periods(
    { start, end, periodMs }: { start: number; end: number; periodMs: number },
    unit?: StandardUnit,
  ): { at: number; unit: StandardUnit; samples: Samples }[] {
    const byPeriod = Map.groupBy(this.#range(start, end, unit), ({ at }) => at - (at % periodMs));
    return [...byPeriod].flatMap(([at, buckets]) => {
      const samples = merged(buckets.map((bucket) => bucket.samples));
      return samples ? [{ at, unit: buckets[0]?.unit ?? 'None', samples }] : [];
    });
  }

  #range(start: number, end: number, unit: StandardUnit | undefined): Bucket[] {
    return this.#upTo(this.#first(start), end).filter((bucket) => unit === undefined || bucket.unit === unit);
  }

  #upTo(index: number, end: number): Bucket[] {
    return this.#buckets.slice(index, this.#first(end));
  }

  /** The index of the first bucket at or after an instant. */
  #first(at: number): number {
    let low = 0;
    let high = this.#buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
