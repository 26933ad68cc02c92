import type { Draws } from '../draws/draws.ts';
import type { Principal } from './service.ts';

/**
 * What goes wrong: an error or a lost connection before the effect or after it, no answer at all, the caller killed in
 * the middle, a slow answer, a stale one, or a throttle. After the effect the caller cannot know that it happened. Only
 * a function can be killed; for anybody else "kill" is a lost connection. Stale is the answer that the same question had
 * before, since any such fault was set; a first question and a change are answered as ever.
 */
export type FaultKind =
  | 'error-before'
  | 'error-after'
  | 'reset-before'
  | 'reset-after'
  | 'timeout-before'
  | 'timeout-after'
  | 'kill-before'
  | 'kill-after'
  | 'slow'
  | 'stale'
  | 'throttle';

export const FAULT_KINDS: readonly FaultKind[] = [
  'error-before',
  'error-after',
  'reset-before',
  'reset-after',
  'timeout-before',
  'timeout-after',
  'kill-before',
  'kill-after',
  'slow',
  'stale',
  'throttle',
];

/** Makes some calls of an operation fail. */
export interface FaultRule {
  /** "acm"; "*" for every service. */
  service: string;
  /** "RequestCertificate"; "*" for every operation. */
  operation: string;
  /** A part of the ARN of the callers that it concerns, or of whoever assumed their role: "assumed-role/" for roles. Default: every caller. */
  caller?: string;
  kind: FaultKind;
  /** The first call that fails, counted from when the rule was added. Default 1. */
  at?: number;
  /** How many calls in a row fail. Default 1, or with `lasts` Infinity, for all that follow. */
  times?: number;
  /** An outage: calls fail for so many seconds of AWS time from the first that does. Default: for ever. */
  lasts?: number;
  /** The error's code. Default "InternalFailure" with status 500. */
  code?: string;
  /** How long "slow" waits, "timeout" holds the connection, and a stale answer may be old, in seconds of AWS time. Default 60. */
  seconds?: number;
}

/** What a fault needs to know of a call. */
interface StruckCall {
  service: string;
  operation: string;
  principal: Partial<Pick<Principal, 'arn' | 'roleArn' | 'assumedBy'>>;
}

interface Standing extends FaultRule {
  id: number;
  /** Calls that the rule has seen. */
  seen: number;
  /** Stale answers that it has had given. */
  stale: number;
  /** When its first call failed. */
  struckAt?: Date;
}

/** Bad luck: what any call of a role may meet without being set, as it may on AWS. */
export interface Luck {
  draws: Draws;
  /** The share of a role's calls that fail, between 0 and 1. */
  share: number;
}

/** The kinds that bad luck has, each as likely as the others. */
const UNLUCKY: readonly FaultKind[] = ['throttle', 'error-before', 'error-after'];

/** The faults that are set, and how far each has counted. */
export class Faults {
  readonly #luck: Luck | undefined;
  #rules: Standing[] = [];
  #lastId = 0;

  /** Without luck only what is set goes wrong. The person at this machine has none either way. */
  constructor({ luck }: { luck?: Luck } = {}) {
    this.#luck = luck;
  }

  /** Sets a rule and returns its id. */
  add(rule: FaultRule): number {
    this.#rules.push({ ...rule, id: ++this.#lastId, seen: 0, stale: 0 });
    return this.#lastId;
  }

  remove(id: number): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  clear(): void {
    this.#rules = [];
  }

  list(): readonly Readonly<Standing>[] {
    return this.#rules;
  }

  /** Whether answers are to be remembered, to be given again. */
  get remembering(): boolean {
    return this.#rules.some(({ kind }) => kind === 'stale');
  }

  /** Counts a call on every rule that it concerns, and says which of them strikes: the oldest, else bad luck. */
  strike({ service, operation, principal }: StruckCall, now: Date): (FaultRule & { stale?: number }) | undefined {
    let striking: Standing | undefined;
    for (const rule of this.#rules) {
      if (rule.service !== '*' && rule.service !== service) continue;
      if (rule.operation !== '*' && rule.operation !== operation) continue;
      if (rule.caller !== undefined && !isBy(principal, rule.caller)) continue;
      rule.seen++;
      if (strikes(rule, now)) striking ??= rule;
    }
    return striking ?? (principal.roleArn === undefined ? undefined : this.#unlucky(service, operation));
  }

  #unlucky(service: string, operation: string): FaultRule | undefined {
    if (!this.#luck) return undefined;
    const { draws, share } = this.#luck;
    const drawn = draws.fraction(`wire:luck:${service}:${operation}`);
    const kind = drawn < share ? UNLUCKY[Math.floor((drawn / share) * UNLUCKY.length)] : undefined;
    return kind && { service, operation, kind };
  }
}

function strikes(rule: Standing, now: Date): boolean {
  const { seen, at = 1, lasts, times = lasts === undefined ? 1 : Number.POSITIVE_INFINITY } = rule;
  if (seen < at || seen >= at + times) return false;
  rule.struckAt ??= now;
  return lasts === undefined || now.getTime() < rule.struckAt.getTime() + lasts * 1_000;
}

function isBy({ arn, assumedBy }: StruckCall['principal'], part: string): boolean {
  return (arn?.includes(part) || assumedBy?.includes(part)) ?? false;
}
