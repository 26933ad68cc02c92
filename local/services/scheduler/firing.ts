import type { Host } from '../../host.ts';
import type { PolicyDocument } from '../../permissions/policy.ts';
import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import type { Dispatch } from '../../wire/service.ts';
import { nextTry } from '../eventbridge/delivery/retry.ts';
import { isTransient } from '../transient-error.ts';
import { COMPLETION_SECONDS, DOUBLED_SECONDS, DOUBLED_SHARE, PRECISION_SECONDS } from './delays.ts';
import type { Group, Schedule } from './schedule.ts';
import type { ScheduleStore } from './store.ts';
import { serviceOf, targetCall } from './target.ts';

const SERVICE = 'scheduler.amazonaws.com';

export interface Surroundings {
  dispatch: Dispatch;
  /** The trust policy of a role. */
  trustOf(roleArn: string): PolicyDocument | undefined;
}

/** One invocation of a target, through all its tries. */
interface Invocation {
  schedule: Schedule;
  scheduledAt: Date;
  executionId: string;
  since: number;
  failed: number;
}

/** The outcome of one try of an invocation. */
export interface Fired {
  schedule: string;
  scheduledAt: Date;
  at: Date;
  outcome: 'invoked' | 'failed' | 'dropped';
  error?: { code: string; message: string };
}

/** Fires schedules when they are due: at least once, within a minute, by the role of the target. */
export class Firing {
  /** Every try, in order. */
  readonly log: Fired[] = [];
  readonly #host: Host;
  readonly #store: ScheduleStore;
  readonly #around: Surroundings;

  constructor(host: Host, store: ScheduleStore, around: Surroundings) {
    this.#host = host;
    this.#store = store;
    this.#around = around;
  }

  /** Whether Scheduler may assume a role for the schedules of a group: trust is judged by the group's ARN, never a schedule's. */
  assumable(roleArn: string, group: Pick<Group, 'arn'>): boolean {
    const conditions = { 'aws:SourceArn': [group.arn], 'aws:SourceAccount': [this.#host.account] };
    const principal = { service: SERVICE, arn: SERVICE };
    const trust = this.#around.trustOf(roleArn);
    return (
      evaluateResourcePolicy(trust, { principal, action: 'sts:AssumeRole', resource: roleArn, conditions }) === 'allow'
    );
  }

  /** Plans the next occurrence after an instant, in the place of what was planned. */
  plan(schedule: Schedule, after: Date): void {
    schedule.timer?.cancel();
    schedule.timer = undefined;
    const at = this.#nextOf(schedule, after);
    schedule.spent = at === undefined && schedule.state === 'ENABLED';
    if (!at || schedule.state === 'DISABLED') return;
    const { clock, draws } = this.#host;
    const { MaximumWindowInMinutes: minutes } = schedule.window;
    const bounds = minutes === undefined ? PRECISION_SECONDS : { min: PRECISION_SECONDS.min, max: minutes * 60 };
    const late = draws.seconds('scheduler:invoke', schedule.name, bounds);
    const wait = at.getTime() - clock.now().getTime() + late * 1000;
    schedule.timer = clock.after(wait, () => {
      schedule.timer = undefined;
      // Planned before the target is invoked: a retry must not hold the next one up.
      this.plan(schedule, at);
      return this.#fire(schedule, at);
    });
  }

  #nextOf({ occurrences, start, end, createdAt }: Schedule, after: Date): Date | undefined {
    if (occurrences.kind === 'at') return occurrences.next(after, after);
    const origin = start ?? createdAt;
    const from = new Date(Math.max(after.getTime(), origin.getTime() - 1));
    const at = occurrences.next(from, origin);
    return at && (!end || at <= end) ? at : undefined;
  }

  #fire(schedule: Schedule, scheduledAt: Date): Promise<void> {
    const { clock, draws } = this.#host;
    const executionId = uuid(draws.hex('scheduler:execution', 32));
    const invocation = { schedule, scheduledAt, executionId, since: clock.now().getTime(), failed: 0 };
    schedule.running++;
    if (draws.fraction('scheduler:doubled') < DOUBLED_SHARE) {
      schedule.running++;
      const seconds = draws.seconds('scheduler:doubled-after', schedule.name, DOUBLED_SECONDS);
      clock.after(seconds * 1000, () => this.#try({ ...invocation }));
    }
    return this.#try(invocation);
  }

  async #try(invocation: Invocation): Promise<void> {
    const { clock, draws } = this.#host;
    const { schedule } = invocation;
    // What is being retried ends with its schedule.
    if (schedule.deleted) return;
    try {
      await this.#invoke(invocation);
      this.#note(invocation, { outcome: 'invoked' });
    } catch (thrown) {
      const error = asError(thrown);
      invocation.failed++;
      const ageSeconds = (clock.now().getTime() - invocation.since) / 1000;
      const policy = schedule.target.RetryPolicy;
      const wait = isTransient(thrown) ? nextTry(policy, { failed: invocation.failed, ageSeconds, draws }) : undefined;
      this.#note(invocation, { outcome: wait === undefined ? 'dropped' : 'failed', error });
      if (wait !== undefined) {
        clock.after(wait * 1000, () => this.#try(invocation));
        return;
      }
    }
    schedule.running--;
    this.#completeWhenSpent(schedule);
  }

  async #invoke(invocation: Invocation): Promise<void> {
    const { target, group } = invocation.schedule;
    if (!this.assumable(target.RoleArn, group)) {
      const message = `${SERVICE} is not authorized to perform: sts:AssumeRole on resource: ${target.RoleArn}`;
      throw Object.assign(new Error(message), { code: 'AccessDenied' });
    }
    const role = target.RoleArn.split('/').at(-1);
    const principal = {
      arn: `arn:aws:sts::${this.#host.account}:assumed-role/${role}/${this.#host.draws.hex('scheduler:session', 32)}`,
      roleArn: target.RoleArn,
    };
    const region = target.Arn.split(':')[3] || group.region;
    const answer = await this.#around.dispatch({ ...targetCall(target, this.#input(invocation)), principal, region });
    refuseFailedEntry(answer);
  }

  #input(invocation: Invocation): string {
    const { schedule, scheduledAt, executionId, failed } = invocation;
    const time = scheduledAt.toISOString().replace(/\.\d{3}Z$/, 'Z');
    const attributes: Record<string, string> = {
      'schedule-arn': schedule.arn,
      'scheduled-time': time,
      'execution-id': executionId,
      'attempt-number': String(failed + 1),
    };
    const { Input: input } = schedule.target;
    if (input !== undefined) {
      return input.replaceAll(/<aws\.scheduler\.([a-z-]+)>/g, (all, name: string) => attributes[name] ?? all);
    }
    if (serviceOf(schedule.target.Arn) === 'states') return '{}';
    return JSON.stringify({
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: this.#host.account,
      time,
      region: schedule.group.region,
      resources: [schedule.arn],
      detail: '{}',
    });
  }

  /** A schedule with ActionAfterCompletion DELETE is deleted shortly after its last invocation. */
  #completeWhenSpent(schedule: Schedule): void {
    if (!schedule.spent || schedule.running > 0 || schedule.afterCompletion !== 'DELETE') return;
    const seconds = this.#host.draws.seconds('scheduler:completed', schedule.name, COMPLETION_SECONDS);
    this.#host.clock.after(seconds * 1000, () => {
      if (schedule.spent && schedule.running === 0 && schedule.afterCompletion === 'DELETE')
        this.#store.remove(schedule);
    });
  }

  #note({ schedule, scheduledAt }: Invocation, what: Pick<Fired, 'outcome' | 'error'>): void {
    this.log.push({ schedule: schedule.arn, scheduledAt, at: this.#host.clock.now(), ...what });
  }
}

/** PutEvents answers 200 for an entry that it refused. */
function refuseFailedEntry(answer: unknown): void {
  const { Entries: entries } = (answer ?? {}) as { Entries?: { ErrorCode?: string; ErrorMessage?: string }[] };
  const failed = entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (failed) throw Object.assign(new Error(failed.ErrorMessage), { code: failed.ErrorCode });
}

/** What an operation answered with. Anything else is our own mistake and is thrown on. */
function asError(thrown: unknown): { code: string; message: string } {
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') throw thrown;
  return { code, message: String(message) };
}

const uuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
