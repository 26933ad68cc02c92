import type { StateFailure } from './failure.ts';
import type { Fields } from './fields.ts';

/**
 * What no retrier and no catcher is asked about.
 * Source: Step Functions guide, "Handling errors in workflows"; checked 2026-11-22.
 */
const UNRECOVERABLE = 'States.Runtime';

/**
 * What no wildcard matches besides: it must be named. (AWS has been seen to let States.ALL match it; its guide says no,
 * and what holds under the guide holds under both.) Source: as above.
 */
const NAMED_ONLY = 'States.DataLimitExceeded';

/** Reads ErrorEquals and checks where "States.ALL" stands: alone, and in the last of its list. */
export function errorNamesOf(fields: Fields, { last }: { last: boolean }): string[] {
  const names = (fields.list('ErrorEquals') ?? []).filter((name) => typeof name === 'string');
  if (names.length === 0) fields.problem('ErrorEquals must be a list with at least one error name', 'ErrorEquals');
  if (names.includes('States.ALL') && (names.length > 1 || !last)) {
    fields.problem("'States.ALL' must stand alone, and in the last entry", 'ErrorEquals');
  }
  return names;
}

/** Whether a retrier or catcher with these names is meant by a failure. */
export function matches(names: readonly string[], failure: StateFailure): boolean {
  if (failure.error === UNRECOVERABLE) return false;
  return names.some((name) => {
    if (name === failure.error || name === failure.alias) return true;
    if (failure.error === NAMED_ONLY) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && failure.error !== 'States.Timeout');
  });
}
