/** The closed family of what can go wrong in a step. The workflows match these names. */
export const FAILURE_NAMES = [
  'Throttled',
  'NotReady',
  'Awaited',
  'Conflict',
  'Misconfigured',
  'Refused',
  'QuotaReached',
  'Stopped',
  'Unproven',
] as const;

export type FailureName = (typeof FAILURE_NAMES)[number];

/**
 * A step's failure. `Throttled` and `NotReady` are retried by the workflow, and so is `Awaited`, for days: a person has to
 * do something where we can't. `Conflict` (something foreign is in the way), `Misconfigured` (what the user declared
 * can't work), `Refused` (AWS or a policy says no), `QuotaReached`, `Stopped` (the kill switch is set) and `Unproven` (the
 * name is no longer known to be the claimant's) are not; the last two hold what runs. The message says what is wrong and what to do next.
 */
export class Failure extends Error {
  override readonly name: FailureName;
  /** Until when a step waits, where that is known. */
  readonly until?: Date;

  constructor(name: FailureName, message: string, { until, ...options }: ErrorOptions & { until?: Date } = {}) {
    super(message, options);
    this.name = name;
    if (until) this.until = until;
  }
}
