import type { Host } from '../../../host.ts';
import type { Internet } from '../../../internet/internet.ts';
import { CHECKER_REGIONS, type CheckerRegion, checkersOf } from './checkers.ts';
import { Checking, type Lookup } from './checking.ts';
import { AGGREGATION_SECONDS, CHECKERS_SECONDS } from './delays.ts';
import { type Checker, type HealthCheck, probes, type Settings } from './health-check.ts';
import { Latency } from './latency.ts';
import { METRICS_NAMESPACE, METRICS_REGION, type Metrics } from './metrics.ts';
import { shareHealthy, statusOf } from './status.ts';

/** The health checks of an account, with what runs for them. */
export class HealthChecks {
  readonly byId = new Map<string, HealthCheck>();
  /** References of checks that were deleted: they stay taken. */
  readonly formerReferences = new Set<string>();
  readonly metrics: Metrics | undefined;
  readonly #host: Host;
  readonly #internet: Internet;
  readonly #checking: Checking;
  readonly #latency: Latency;
  /** What name servers take a deleted check for. */
  readonly #deleted = new Map<string, boolean>();

  constructor(host: Host, { internet, resolve, metrics }: { internet: Internet; resolve: Lookup; metrics?: Metrics }) {
    this.#host = host;
    this.#internet = internet;
    this.metrics = metrics;
    this.#latency = new Latency(host, metrics);
    this.#checking = new Checking(host, { internet, resolve, learned: (check) => this.#decide(check) });
    internet.watchChanges(() => {
      for (const check of this.byId.values()) this.#checking.wake(check);
    });
  }

  /** Whether name servers take what the check watches for healthy. A deleted one is anything: AWS says its status cannot be predicted. */
  isHealthy(id: string): boolean {
    return this.byId.get(id)?.healthy ?? this.#deleted.get(id) ?? true;
  }

  add(check: HealthCheck): void {
    this.byId.set(check.id, check);
    this.#later(check, () => this.#begin(check));
  }

  /** Takes other settings: the API shows them at once, the checkers have them a little later. */
  update(check: HealthCheck, settings: Settings): void {
    check.settings = settings;
    check.version++;
    this.#later(check, () => {
      const before = check.applied;
      check.applied = check.settings;
      if (sameChecking(before, check.applied)) this.#checking.forgetSettled(check);
      else this.#begin(check);
      this.#decide(check);
    });
  }

  delete(check: HealthCheck): void {
    this.byId.delete(check.id);
    this.formerReferences.add(check.callerReference);
    this.#checking.stop(check);
    check.unwatch?.();
    this.#deleted.set(check.id, this.#host.draws.fraction('route53:health-check-deleted') < 0.5);
    for (const metric of ['HealthCheckStatus', 'HealthCheckPercentageHealthy', 'ChildHealthCheckHealthyCount']) {
      this.#report(check, metric, undefined);
    }
    this.#latency.report(check, { measured: false });
    for (const parent of this.#parentsOf(check.id)) this.#decide(parent);
    this.#internet.changed();
  }

  /** The latest result of each checker, as of now. */
  observationsOf(check: HealthCheck): ReturnType<Checking['observationsOf']> {
    return this.#checking.observationsOf(check);
  }

  #later(check: HealthCheck, act: () => void): void {
    const seconds = this.#host.draws.seconds('route53:health-check-applied', check.id, CHECKERS_SECONDS);
    this.#host.clock.after(seconds * 1000, () => {
      if (this.byId.get(check.id) === check) act();
    });
  }

  #begin(check: HealthCheck): void {
    check.unwatch?.();
    check.unwatch = undefined;
    const { Type: type, Disabled: disabled, AlarmIdentifier: alarm } = check.applied;
    this.#checking.stop(check);
    if (disabled) this.#decide(check);
    else if (probes(type)) {
      check.checkers = this.#checkersFor(check);
      this.#checking.start(check);
    } else if (alarm?.Region && alarm.Name) {
      check.unwatch = this.metrics?.watchAlarm(alarm.Region, alarm.Name, (state) => {
        check.metricHealthy = healthyBy(state, check);
        this.#decide(check);
      });
    } else this.#decide(check);
  }

  /** The checkers of the regions asked for; those that there were keep their results. */
  #checkersFor({ id, applied: { Regions: regions }, checkers }: HealthCheck): Checker[] {
    const wanted: readonly string[] = regions?.length ? regions : CHECKER_REGIONS;
    const kept = checkers.filter(({ region }) => wanted.includes(region));
    const fresh = wanted.filter((region) => !kept.some((checker) => checker.region === region)) as CheckerRegion[];
    const fraction = () => this.#host.draws.fraction(`route53:checker ${id}`);
    const made = fresh.flatMap((region) => checkersOf(region, fraction)).map(newChecker);
    return [...kept, ...made];
  }

  /** Works the status out, and takes it to the name servers when it is another one. */
  #decide(check: HealthCheck): void {
    const status = statusOf(check, (id) => this.byId.get(id)?.healthy ?? false);
    this.#reportParts(check);
    if (status === undefined || status === check.decided) {
      if (status !== undefined && check.healthy === status) this.#reportStatus(check);
      return;
    }
    check.decided = status;
    const seconds = this.#host.draws.seconds('route53:health-aggregated', check.id, AGGREGATION_SECONDS);
    this.#host.clock.after(seconds * 1000, () => {
      if (this.byId.get(check.id) !== check || check.healthy === check.decided) return;
      check.healthy = check.decided;
      this.#reportStatus(check);
      for (const parent of this.#parentsOf(check.id)) this.#decide(parent);
      this.#internet.changed();
    });
  }

  #parentsOf(id: string): HealthCheck[] {
    return [...this.byId.values()].filter(({ applied }) => applied.ChildHealthChecks?.includes(id));
  }

  #reportStatus(check: HealthCheck): void {
    this.#report(check, 'HealthCheckStatus', { value: check.healthy ? 1 : 0, unit: 'None' });
  }

  #reportParts(check: HealthCheck): void {
    const { Type: type, Disabled: disabled, ChildHealthChecks: children = [] } = check.applied;
    if (probes(type)) {
      const share = disabled ? undefined : shareHealthy(check);
      this.#report(
        check,
        'HealthCheckPercentageHealthy',
        share === undefined ? undefined : { value: share * 100, unit: 'Percent' },
      );
    }
    if (check.applied.MeasureLatency) this.#latency.report(check, { measured: !disabled });
    if (type === 'CALCULATED') {
      const healthy = children.filter((child) => this.byId.get(child)?.healthy).length;
      this.#report(check, 'ChildHealthCheckHealthyCount', disabled ? undefined : { value: healthy, unit: 'None' });
    }
  }

  #report(check: HealthCheck, metric: string, held: Parameters<Metrics['hold']>[2]): void {
    const Dimensions = [{ Name: 'HealthCheckId', Value: check.id }];
    this.metrics?.hold(METRICS_REGION, { Namespace: METRICS_NAMESPACE, MetricName: metric, Dimensions }, held);
  }
}

/** Whether the same checkers go on: only the endpoint, or what is made of their results, has changed. */
function sameChecking(before: Settings, after: Settings): boolean {
  const parts = ({ Regions, ChildHealthChecks, Disabled }: Settings): string =>
    JSON.stringify([Regions, ChildHealthChecks, Disabled]);
  // An alarm is read again with every update of its check.
  return after.Type !== 'CLOUDWATCH_METRIC' && parts(before) === parts(after);
}

function healthyBy(state: string, { applied, metricHealthy }: HealthCheck): boolean {
  if (state === 'OK') return true;
  if (state === 'ALARM') return false;
  if (applied.InsufficientDataHealthStatus === 'LastKnownStatus') return metricHealthy ?? true;
  return applied.InsufficientDataHealthStatus === 'Healthy';
}

const newChecker = (addresses: ReturnType<typeof checkersOf>[number]): Checker => ({
  ...addresses,
  healthy: true,
  against: 0,
  alike: 0,
  last: undefined,
  lastFailure: undefined,
  settled: undefined,
  timer: undefined,
  restingUntil: undefined,
});
