import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { oldestOf } from './period.ts';
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

/** A value that a metric has in every minute, from one instant on. */
export interface Held {
  value: number;
  unit: StandardUnit;
}

const MINUTE_MS = 60_000;

interface Bucket {
  at: number;
  unit: StandardUnit;
  samples: Samples;
}

/** One metric's measurements, in buckets of a second or a minute. */
export class Metric {
  readonly name: Required<MetricName>;
  readonly #now: () => number;
  /** In the order of their instants. */
  #buckets: Bucket[] = [];
  /** What it has had in every minute, in order; the last one may have no end yet. Nothing is kept of the single minutes. */
  #held: (Held & { from: number; to: number | undefined })[] = [];
  #lastAt = 0;

  constructor(name: MetricName, now: () => number) {
    const { Namespace = '', MetricName = '', Dimensions = [] } = name;
    this.name = { Namespace, MetricName, Dimensions };
    this.#now = now;
  }

  /** The latest instant that anything was measured at. */
  get lastAt(): number {
    return this.heldSince === undefined ? this.#lastAt : this.#now();
  }

  /** Since when it has had the same value in every minute; undefined when it has none. */
  get heldSince(): number | undefined {
    const last = this.#held.at(-1);
    return last && last.to === undefined ? last.from : undefined;
  }

  /** Lets it have a value in every minute from now on; undefined ends that. Says whether that is news. */
  hold(held: Held | undefined): boolean {
    const last = this.#held.at(-1);
    const current = last && last.to === undefined ? last : undefined;
    if (current?.value === held?.value && current?.unit === held?.unit) return false;
    const now = this.#now();
    if (current) current.to = now;
    if (current) this.#lastAt = Math.max(this.#lastAt, now);
    if (held) this.#held.push({ ...held, from: now, to: undefined });
    return true;
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
    this.#lastAt = Math.max(this.#lastAt, at);
  }

  /** Drops what is older than `oldest`. */
  forget(oldest: number): void {
    this.#buckets = this.#buckets.slice(this.#first(oldest));
    this.#held = this.#held.filter(({ to }) => to === undefined || to >= oldest);
  }

  /** Everything from `start` up to but not including `end`; undefined when there is nothing. */
  between(start: number, end: number, unit?: StandardUnit): Samples | undefined {
    return merged(this.#range(start, end, unit).map(({ samples }) => samples));
  }

  /** The same cut into periods that begin at multiples of `periodMs`; periods without anything, or too old for their length, are left out. */
  periods(
    { start, end, periodMs }: { start: number; end: number; periodMs: number },
    unit?: StandardUnit,
  ): { at: number; unit: StandardUnit; samples: Samples }[] {
    const kept = Math.max(start, oldestOf(periodMs, this.#now()));
    const byPeriod = Map.groupBy(this.#range(kept, end, unit), ({ at }) => at - (at % periodMs));
    return [...byPeriod].flatMap(([at, buckets]) => {
      const samples = merged(buckets.map((bucket) => bucket.samples));
      return samples ? [{ at, unit: buckets[0]?.unit ?? 'None', samples }] : [];
    });
  }

  #range(start: number, end: number, unit: StandardUnit | undefined): Bucket[] {
    const measured = this.#upTo(this.#first(start), end);
    const held = this.#held.flatMap((segment) => this.#minutesOf(segment, start, end));
    return [...measured, ...held].filter((bucket) => unit === undefined || bucket.unit === unit);
  }

  /** A value's minutes within a range: one sample in each that it had a part of, up to this one. */
  #minutesOf(
    { from, to, value, unit }: Held & { from: number; to: number | undefined },
    start: number,
    end: number,
  ): Bucket[] {
    const last = Math.min(end - 1, to === undefined ? this.#now() : to - 1);
    const first = Math.max(Math.ceil(start / MINUTE_MS), Math.floor(from / MINUTE_MS));
    const count = Math.max(0, Math.floor(last / MINUTE_MS) - first + 1);
    return Array.from({ length: count }, (_, n) => ({
      at: (first + n) * MINUTE_MS,
      unit,
      samples: { count: 1, sum: value, min: value, max: value, values: new Map([[value, 1]]) },
    }));
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
