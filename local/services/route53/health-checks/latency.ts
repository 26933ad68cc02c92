import type { Host } from '../../../host.ts';
import type { HealthCheck } from './health-check.ts';
import { METRICS_NAMESPACE, METRICS_REGION, type Metrics } from './metrics.ts';

// Between regions and an endpoint somewhere, in ms: estimated, as nothing here is far from anything else; checked 2026-11-30.
const CONNECTION_MS = { min: 2, max: 180 };
const HANDSHAKE_MS = { min: 5, max: 400 };
const FIRST_BYTE_MS = { min: 4, max: 300 };

/** The latency metrics of checks that ask for them: for each region that has reached the endpoint, drawn once. */
export class Latency {
  readonly #host: Host;
  readonly #metrics: Metrics | undefined;
  readonly #drawn = new Map<string, number>();

  constructor(host: Host, metrics: Metrics | undefined) {
    this.#host = host;
    this.#metrics = metrics;
  }

  report(check: HealthCheck, { measured }: { measured: boolean }): void {
    const isHttp = check.applied.Type !== 'TCP';
    const isHttps = check.applied.Type.startsWith('HTTPS');
    for (const region of new Set(check.checkers.map((checker) => checker.region))) {
      const reached = check.checkers.some((checker) => checker.region === region && checker.last?.finding.ok);
      const wanted = measured && reached;
      this.#hold(check, 'ConnectionTime', { region, wanted, bounds: CONNECTION_MS });
      this.#hold(check, 'TimeToFirstByte', { region, wanted: wanted && isHttp, bounds: FIRST_BYTE_MS });
      this.#hold(check, 'SSLHandshakeTime', { region, wanted: wanted && isHttps, bounds: HANDSHAKE_MS });
    }
  }

  #hold(
    { id }: HealthCheck,
    MetricName: string,
    { region, wanted, bounds }: { region: string; wanted: boolean; bounds: { min: number; max: number } },
  ): void {
    const Dimensions = [
      { Name: 'HealthCheckId', Value: id },
      { Name: 'Region', Value: region },
    ];
    const key = `${id} ${region} ${MetricName}`;
    const value = this.#drawn.get(key) ?? this.#draw(bounds);
    this.#drawn.set(key, value);
    const name = { Namespace: METRICS_NAMESPACE, MetricName, Dimensions };
    this.#metrics?.hold(METRICS_REGION, name, wanted ? { value, unit: 'Milliseconds' } : undefined);
  }

  #draw({ min, max }: { min: number; max: number }): number {
    return Math.round(min + this.#host.draws.fraction('route53:latency') * (max - min));
  }
}
