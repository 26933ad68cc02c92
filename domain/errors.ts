/** The closed family of what can go wrong in a step. The workflows match these names. */
export const FAILURE_NAMES = [
  'Throttled',
  'Denied',
  'NotReady',
  'Awaited',
  'Missing',
  'Conflict',
  'Misconfigured',
  'Refused',
  'QuotaReached',
  'Stopped',
  'Unproven',
  'Superseded',
] as const;

export type FailureName = (typeof FAILURE_NAMES)[number];

/**
 * A step's failure. `Throttled` (AWS is busy or does not answer) is retried by the workflow for as long as an outage may last,
 * `NotReady` as long as the step says, `Denied` (by AWS, where an attempt before it may be the reason) for minutes, and
 * `Awaited` for days: a person has to do something where we can't. On `Missing`, something of ours that a step waits
 * by has been removed, the workflow restores it. `Conflict` (something foreign is in the way), `Misconfigured` (what the user declared
 * can't work), `Refused` (AWS or a policy says no), `QuotaReached`, `Stopped` (the kill switch is set) and `Unproven` (the
 * name is no longer known to be the claimant's) are not; the last two hold what runs. `Superseded` is not either: a workflow of an
 * earlier version called the step, and the operation begins again under the present one. The message says what is wrong and what to do next.
 */
export class Failure extends Error {
  override readonly name: FailureName;
  /** Until when a step waits, where that is known. */
  readonly until?: Date;
  /** How many looks have found what may still settle, where they are counted. */
  readonly looks?: number;

  constructor(
    name: FailureName,
    message: string,
    { until, looks, ...options }: ErrorOptions & { until?: Date; looks?: number } = {},
  ) {
    super(message, options);
    this.name = name;
    if (until) this.until = until;
    if (looks !== undefined) this.looks = looks;
  }
}
