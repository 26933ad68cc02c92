import type { Target } from '@aws-sdk/client-eventbridge';
import type { Host } from '../../../host.ts';
import type { Permissions } from '../../../wire/permissions.ts';
import type { Dispatch } from '../../../wire/service.ts';
import { isTransient } from '../../transient-error.ts';
import type { Bus, BusEvent, Rule } from '../bus.ts';
import type { Buses } from '../buses.ts';
import type { Json } from '../patterns/json.ts';
import type { EventLog } from './event-log.ts';
import { nextTry } from './retry.ts';
import { callerFor, serviceOf, targetCall } from './target-call.ts';
import { targetInput } from './target-input.ts';

/**
 * From an event's arrival to the first try, in seconds; the P99 is 129 ms.
 * Source: AWS What's New, "EventBridge announces up to 94% improvement in end-to-end latency", 2024; checked 2026-11-22.
 */
const LATENCY = { min: 0.02, max: 0.13 };

/** Buses that pass an event on to buses stop after so many; AWS forbids cycles by hand only. */
const LONGEST_CHAIN = 5;

interface Attempt {
  event: BusEvent;
  rule: Rule;
  target: Target;
  input: string;
  name: string;
  since: number;
  failed: number;
}

/** Brings events from buses to the targets of the rules they meet: at least once, in no order. */
export class Delivering {
  readonly #host: Host;
  readonly #dispatch: Dispatch;
  readonly #buses: Buses;
  readonly #log: EventLog;
  readonly #refusal: Permissions['refusal'];

  constructor(
    host: Host,
    {
      dispatch,
      buses,
      log,
      refusal,
    }: { dispatch: Dispatch; buses: Buses; log: EventLog; refusal: Permissions['refusal'] },
  ) {
    this.#refusal = refusal;
    this.#host = host;
    this.#dispatch = dispatch;
    this.#buses = buses;
    this.#log = log;
  }

  /** Puts an event on a bus. Returns at once; targets get it later. */
  publish(bus: Bus, event: BusEvent, chain = 0): void {
    this.#log.publish({ at: this.#host.clock.now(), bus: bus.arn, event });
    for (const rule of bus.rules.values()) {
      if (rule.state === 'DISABLED' || !rule.pattern?.meets(event as unknown as Json)) continue;
      this.fire(rule, event, chain);
    }
  }

  /** Brings an event to every target of a rule that it met, or whose schedule came due. */
  fire(rule: Rule, event: BusEvent, chain = 0): void {
    const { clock, draws } = this.#host;
    for (const target of rule.targets.values()) {
      const since = clock.now().getTime();
      const input = targetInput(target, { event, rule, now: clock.now() });
      const name = `${event.id}_${draws.hex('events:execution', 32)}`;
      const attempt = { event, rule, target, input, name, since, failed: 0 };
      clock.after(draws.seconds('events:latency', rule.name, LATENCY) * 1000, () =>
        serviceOf(target.Arn) === 'events' ? this.#passOn(attempt, chain) : this.#try(attempt),
      );
    }
  }

  #passOn(attempt: Attempt, chain: number): void {
    const bus = this.#buses.find(attempt.target.Arn, attempt.rule.bus.region);
    const denied = bus && this.#deniedOn(bus, attempt);
    if (bus && denied === undefined && chain < LONGEST_CHAIN) {
      this.publish(bus, attempt.event, chain + 1);
      this.#note(attempt, { outcome: 'delivered' });
      return;
    }
    const missing = { code: 'ResourceNotFoundException', message: `${attempt.target.Arn} does not exist` };
    const error = denied === undefined ? missing : { code: 'AccessDeniedException', message: denied };
    this.#note(attempt, { outcome: 'dropped', error });
  }

  /** Why the role of the target may not put events on the bus. Without one the bus of the account's own Region lets the rule in. */
  #deniedOn({ arn, region }: Bus, { target, rule, event }: Attempt): string | undefined {
    if (target.RoleArn === undefined) return undefined;
    const principal = callerFor(this.#host, target, rule);
    const conditions = { 'events:source': [event.source], 'events:detail-type': [event['detail-type']] };
    return this.#refusal({ principal, action: 'events:PutEvents', resources: [arn], conditions, region });
  }

  async #try(attempt: Attempt): Promise<void> {
    const { clock, draws } = this.#host;
    try {
      await this.#dispatch(targetCall(this.#host, attempt));
      this.#note(attempt, { outcome: 'delivered' });
    } catch (thrown) {
      const error = asError(thrown);
      attempt.failed++;
      const ageSeconds = (clock.now().getTime() - attempt.since) / 1000;
      const policy = attempt.target.RetryPolicy;
      const wait = isTransient(thrown) ? nextTry(policy, { failed: attempt.failed, ageSeconds, draws }) : undefined;
      this.#note(attempt, { outcome: wait === undefined ? 'dropped' : 'failed', error });
      if (wait !== undefined) clock.after(wait * 1000, () => this.#try(attempt));
    }
  }

  #note({ event, rule, target }: Attempt, what: Pick<Parameters<EventLog['deliver']>[0], 'outcome' | 'error'>): void {
    const at = this.#host.clock.now();
    this.#log.deliver({ at, eventId: event.id, rule: rule.arn, target: target.Arn ?? '', ...what });
  }
}

/** What an operation answered with. Anything else is our own mistake and is thrown on. */
function asError(thrown: unknown): { code: string; message: string } {
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') throw thrown;
  return { code, message: String(message) };
}
