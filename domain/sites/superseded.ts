import type { CaughtError } from './reason.ts';

/** What a step of another version than its workflow's throws, and what Step Functions reports of a function that is gone. */
const ENDS: readonly (string | undefined)[] = ['Superseded', 'Lambda.ResourceNotFoundException'];

/**
 * Whether an operation ended because a new version was deployed, and not because anything failed. `present` is the version of the
 * workflows that is deployed now; the first ones name no version.
 */
export function isSuperseded(
  { workflow, error }: { workflow?: string; error: CaughtError },
  present: string | undefined,
): boolean {
  return present !== undefined && workflow !== present && ENDS.includes(error.Error);
}
