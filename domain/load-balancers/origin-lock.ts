import { generationOf, ORIGIN_HEADER } from '../distributions/origin-header.ts';
import { madeOf } from '../ledger/made-of.ts';
import type { SiteRecord } from '../ledger/site-record.ts';
import type { Forward } from './forwards.ts';

/** A rule of a listener, as far as the lock of the origin looks. */
export interface HeaderRule {
  arn: string;
  /** The header that it compares, where it compares nothing else. */
  header?: { name: string; values: readonly string[] };
  forwards: readonly Forward[];
}

/** The rule of the lock: it forwards the requests that bear the secret of the distribution. */
export interface LockRule {
  arn: string;
  /** The secrets that it accepts: two while one follows the other. */
  secrets: readonly string[];
  forwards: readonly Forward[];
}

/** The rule that compares our header, whoever made it. */
export function lockRuleIn(rules: readonly HeaderRule[]): LockRule | undefined {
  const found = rules.find(({ header }) => header?.name.toLowerCase() === ORIGIN_HEADER.toLowerCase());
  return found && { arn: found.arn, secrets: found.header?.values ?? [], forwards: found.forwards };
}

/** What the ledger calls it, from before it is made: a listener has one. */
export function lockRuleId(listenerArn: string): string {
  return `${listenerArn} ${ORIGIN_HEADER}`;
}

/** Whether the site has made the rule of the lock on a listener, or was about to. */
export function hasMadeLockRule(record: SiteRecord | undefined, listenerArn: string): boolean {
  return record !== undefined && madeOf(record, 'listener rule').some(({ id }) => id === lockRuleId(listenerArn));
}

/** The last secret of a generation that the rule accepts. */
export function acceptedOf({ secrets }: Pick<LockRule, 'secrets'>, generation: number): string | undefined {
  return secrets.findLast((each) => generationOf(each) === generation);
}

/** Source: ELB API reference, CreateRule, `Priority`, checked 2026-11-29. */
const LAST_PRIORITY = 50_000;

/** The last priority that is free: the rules of others come before ours, as they came before the default action. */
export function freePriority(taken: readonly number[]): number {
  let priority = LAST_PRIORITY;
  while (taken.includes(priority)) priority -= 1;
  return priority;
}

/**
 * The secrets that the rule is to accept before the distribution sends the next of its own: the one that it sends, and the one so far
 * stay. ELB compares at most three values.
 */
export function acceptedNext(secrets: readonly string[], secret: string, next: string): readonly string[] {
  const others = secrets.filter((each) => each !== secret && each !== next);
  return [...others.slice(-1), secret, next];
}

/** The same without a next one: what is before the last is no longer sent. */
export function acceptedWith(secrets: readonly string[], secret: string): readonly string[] {
  return secrets.includes(secret) ? secrets : [...secrets.slice(-1), secret];
}
