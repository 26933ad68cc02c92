import { isIPv6 } from 'node:net';
import type { Host } from '../../../host.ts';
import type { Endpoint, Internet } from '../../../internet/internet.ts';
import { isRoutable } from '../../cloudfront/origin/routable.ts';
import type { Checker, HealthCheck, Observation } from './health-check.ts';
import { type Finding, probe } from './probe.ts';

/** Looks a name up from the root down. */
export type Lookup = (
  name: string,
  type: 'A',
) => Promise<{ rcode: string; answers: { type: string; data: unknown }[] }>;

interface Surroundings {
  internet: Internet;
  resolve: Lookup;
  /** Called after every result. */
  learned: (check: HealthCheck) => void;
}

/** A result with what it was about. */
interface Result {
  finding: Finding;
  tookMs: number;
}

/** How Route 53 names a resolver's answer. */
const RCODES: Record<string, string> = { NXDOMAIN: 'NXDomain(3)', SERVFAIL: 'ServFail(2)', REFUSED: 'Refused(5)' };

/**
 * The checkers at work: each at the check's interval, at a phase of its own. While an endpoint answers alike until the network
 * changes, a checker reuses the result of its probe, and that of another checker's; when every checker has the same result as
 * often as the threshold asks, they rest until then.
 */
export class Checking {
  readonly #host: Host;
  readonly #around: Surroundings;
  readonly #lookups = new WeakMap<HealthCheck, { revision: number; answer: ReturnType<Lookup> }>();

  constructor(host: Host, around: Surroundings) {
    this.#host = host;
    this.#around = around;
  }

  /** Lets the checkers begin, spread over one interval. */
  start(check: HealthCheck): void {
    check.generation++;
    for (const checker of check.checkers) {
      checker.settled = undefined;
      const phase = this.#host.draws.fraction(`route53:checker-phase ${check.id}`);
      this.#tickAfter(check, checker, phase * intervalMs(check));
    }
  }

  stop(check: HealthCheck): void {
    check.generation++;
    for (const checker of check.checkers) {
      checker.timer?.cancel();
      Object.assign(checker, { timer: undefined, restingUntil: undefined, settled: undefined });
    }
  }

  /** The endpoint is another one: what was found holds no longer. */
  forgetSettled(check: HealthCheck): void {
    for (const checker of check.checkers) checker.settled = undefined;
    this.#lookups.delete(check);
    this.wake(check);
  }

  /** Lets resting checkers go on, each at the moment that would have been next. */
  wake(check: HealthCheck): void {
    for (const checker of check.checkers) {
      const { restingUntil } = checker;
      if (restingUntil === undefined) continue;
      checker.restingUntil = undefined;
      const late = this.#now() - restingUntil;
      const period = periodMs(check, checker);
      this.#tickAfter(check, checker, late > 0 ? period - (late % period) : -late);
    }
  }

  /** The latest result of each checker; of one that rests, with the time at which it would have checked last. */
  observationsOf(check: HealthCheck): { checker: Checker; last: Observation | undefined }[] {
    return check.checkers.map((checker) => {
      const { last, restingUntil, settled } = checker;
      const next = restingUntil === undefined ? Number.POSITIVE_INFINITY : restingUntil + (settled?.tookMs ?? 0);
      if (!last || next > this.#now()) return { checker, last };
      const period = periodMs(check, checker);
      const at = next + Math.floor((this.#now() - next) / period) * period;
      return { checker, last: { ...last, at: new Date(at) } };
    });
  }

  #tickAfter(check: HealthCheck, checker: Checker, ms: number): void {
    checker.timer = this.#host.clock.after(ms, () => this.#tick(check, checker));
  }

  #tick(check: HealthCheck, checker: Checker): void {
    checker.timer = undefined;
    const { generation } = check;
    const finish = (result: Result): void => {
      if (check.generation === generation) this.#learn(check, checker, result);
    };
    const known = this.#isSettled(checker) ? checker.settled : undefined;
    if (known?.tookMs === 0) finish(known);
    else if (known) checker.timer = this.#host.clock.after(known.tookMs, () => finish(known));
    // Not waited for: what filters packets would let AWS time wait for the end of its own time-out.
    else void this.#probe(check, checker).then(finish);
  }

  async #probe(check: HealthCheck, checker: Checker): Promise<Result> {
    const { clock } = this.#host;
    const { internet } = this.#around;
    const { revision } = internet;
    const startedAt = this.#now();
    const { applied: settings, id: checkId } = check;
    const target = await this.#targetOf(check, checker);
    const suffix = settings.IPAddress === undefined && 'to' in target ? `Resolved IP: ${target.to.address}` : '';
    let finding: Finding;
    const shared = 'to' in target ? this.#foundByAnother(check, checker, target.to) : undefined;
    if (shared) finding = shared;
    else if ('failure' in target) finding = { ok: false, status: `Failure: ${target.failure}` };
    else if (!isRoutable(target.to.address)) {
      finding = { ok: false, status: `Failure: ${suffix}. The IP address is restricted or private` };
    } else {
      const from = isIPv6(target.to.address) ? checker.ipv6 : checker.ipv4;
      const seen = await probe({ clock, internet, checkId, settings, from, to: target.to });
      finding = suffix && seen.status !== 'Success' ? { ...seen, status: `${seen.status}. ${suffix}` } : seen;
    }
    const waited = this.#now() - startedAt;
    // Less than a second is this machine at work, not the endpoint.
    const result = { finding, tookMs: waited < 1000 ? 0 : waited };
    const steady = !('to' in target) || internet.steady(target.to);
    const to = 'to' in target ? target.to : undefined;
    checker.settled = steady && settings === check.applied ? { revision, to, ...result } : undefined;
    return result;
  }

  /**
   * What another checker has found at the same place since the network changed last, if that answers all who get through
   * alike: in its status, if not in its body. Each checker asks once itself.
   */
  #foundByAnother(check: HealthCheck, checker: Checker, to: Endpoint): Finding | undefined {
    const { internet } = this.#around;
    const isOpen = ({ ipv4, ipv6 }: Checker) => internet.reach(isIPv6(to.address) ? ipv6 : ipv4, to) === 'open';
    if (!checker.last || check.applied.SearchString !== undefined) return undefined;
    if (!isOpen(checker) || !internet.uniform(to)) return undefined;
    const other = check.checkers.find(
      (one) =>
        this.#isSettled(one) &&
        one.settled?.tookMs === 0 &&
        one.settled.to?.address === to.address &&
        one.settled.to.port === to.port &&
        isOpen(one),
    );
    return other?.settled?.finding;
  }

  /** Where to probe. By name: the IPv4 addresses that DNS gives, shared among the checkers. */
  async #targetOf(check: HealthCheck, checker: Checker): Promise<{ to: Endpoint } | { failure: string }> {
    const { IPAddress: given, FullyQualifiedDomainName: name = '', Port: port = 0 } = check.applied;
    if (given !== undefined) return { to: { address: given, port } };
    const { rcode, answers } = await this.#lookUp(check, name);
    const addresses = answers.filter(({ type }) => type === 'A').map(({ data }) => String(data));
    const address = addresses[check.checkers.indexOf(checker) % addresses.length];
    if (address !== undefined) return { to: { address, port } };
    return { failure: RCODES[rcode] ? `DNS resolution failed: Rcode ${RCODES[rcode]}` : 'DNS resolution failed' };
  }

  /** One look-up serves all checkers until something changes. */
  #lookUp(check: HealthCheck, name: string): ReturnType<Lookup> {
    const { revision } = this.#around.internet;
    const known = this.#lookups.get(check);
    if (known?.revision === revision) return known.answer;
    const answer = this.#around.resolve(name, 'A');
    this.#lookups.set(check, { revision, answer });
    return answer;
  }

  #learn(check: HealthCheck, checker: Checker, { finding }: Result): void {
    const { FailureThreshold: threshold = 3 } = check.applied;
    checker.last = { finding, at: new Date(this.#now()) };
    if (!finding.ok) checker.lastFailure = checker.last;
    if (finding.ok === checker.healthy) {
      checker.alike++;
      checker.against = 0;
    } else {
      checker.alike = 0;
      checker.against++;
    }
    if (checker.against >= threshold) Object.assign(checker, { healthy: finding.ok, against: 0, alike: threshold });
    this.#tickAfter(check, checker, intervalMs(check));
    this.#around.learned(check);
    if (check.checkers.every((one) => this.#isSettled(one) && one.alike >= threshold)) this.#rest(check);
  }

  #isSettled({ settled }: Checker): boolean {
    return settled !== undefined && settled.revision === this.#around.internet.revision;
  }

  /** Half a year of AWS time holds eight million checks with one answer. */
  #rest(check: HealthCheck): void {
    for (const checker of check.checkers) {
      if (!checker.timer || !checker.last) continue;
      checker.timer.cancel();
      checker.timer = undefined;
      checker.restingUntil = checker.last.at.getTime() + intervalMs(check);
    }
  }

  #now(): number {
    return this.#host.clock.now().getTime();
  }
}

const intervalMs = ({ applied }: HealthCheck): number => (applied.RequestInterval ?? 30) * 1000;

/** From one result to the next: the interval begins when the endpoint has answered. */
const periodMs = (check: HealthCheck, { settled }: Checker): number => intervalMs(check) + (settled?.tookMs ?? 0);
