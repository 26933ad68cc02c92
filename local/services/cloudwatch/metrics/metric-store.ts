import type { Host } from '../../../host.ts';
import { type Held, Metric, type MetricName, metricKey } from './metric.ts';

/** Source: CloudWatch User Guide, "Metrics retention": 15 months; checked 2026-11-22. */
const KEPT_MS = 455 * 86_400_000;
const DAY_MS = 86_400_000;

/** The metrics of every Region. */
export class MetricStore {
  readonly #host: Host;
  readonly #regions = new Map<string, Map<string, Metric>>();
  readonly #listeners: ((region: string, metric: Metric) => void)[] = [];
  #cleanedAt = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  of(region: string): Metric[] {
    return [...(this.#regions.get(region)?.values() ?? [])];
  }

  find(region: string, name: MetricName): Metric | undefined {
    return this.#regions.get(region)?.get(metricKey(name));
  }

  record(region: string, name: MetricName, measured: { at: number } & Parameters<Metric['record']>[1]): void {
    const metric = this.#metric(region, name);
    metric.record(measured.at, measured);
    for (const listener of this.#listeners) listener(region, metric);
    this.#forgetOld();
  }

  /** Lets a metric have a value in every minute from now on; undefined ends that. */
  hold(region: string, name: MetricName, held: Held | undefined): void {
    if (!held && !this.find(region, name)) return;
    const metric = this.#metric(region, name);
    if (!metric.hold(held)) return;
    for (const listener of this.#listeners) listener(region, metric);
    this.#forgetOld();
  }

  #metric(region: string, name: MetricName): Metric {
    const metrics = this.#regions.get(region) ?? new Map<string, Metric>();
    this.#regions.set(region, metrics);
    const key = metricKey(name);
    const metric = metrics.get(key) ?? new Metric(name, () => this.#host.clock.now().getTime());
    metrics.set(key, metric);
    return metric;
  }

  /** Called with each metric that something was recorded for. */
  onRecord(listener: (region: string, metric: Metric) => void): void {
    this.#listeners.push(listener);
  }

  /** Once a day of AWS time: it visits every metric. */
  #forgetOld(): void {
    const now = this.#host.clock.now().getTime();
    if (now - this.#cleanedAt < DAY_MS) return;
    this.#cleanedAt = now;
    for (const metrics of this.#regions.values()) for (const metric of metrics.values()) metric.forget(now - KEPT_MS);
  }
}
