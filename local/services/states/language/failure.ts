import type { JsonObject } from './json.ts';

/** A state's failure, as Retry and Catch see it and as the execution ends with if neither helps. */
export class StateFailure extends Error {
  /** "States.Timeout", "Conflict", "Sns.NotFoundException". */
  readonly error: string;
  readonly reason: string | undefined;
  /** A second name that ErrorEquals may give it: a missed heartbeat is reported as "States.Timeout". */
  readonly alias: string | undefined;

  constructor(error: string, cause?: string, { alias }: { alias?: string } = {}) {
    super(cause === undefined ? error : `${error}: ${cause}`);
    this.error = error;
    this.reason = cause;
    this.alias = alias;
  }

  /** As `$states.errorOutput`. A time-out has an empty cause there, and none in the history (recordings of AWS). */
  get output(): JsonObject {
    const cause = this.reason ?? (this.error === 'States.Timeout' ? '' : undefined);
    return { Error: this.error, ...(cause === undefined ? {} : { Cause: cause }) };
  }

  /** As the details of history events. */
  get details(): { error: string; cause?: string } {
    return { error: this.error, ...(this.reason === undefined ? {} : { cause: this.reason }) };
  }
}
