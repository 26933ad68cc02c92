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

  /** As `$states.errorOutput`. */
  get output(): JsonObject {
    return { Error: this.error, ...(this.reason === undefined ? {} : { Cause: this.reason }) };
  }

  /** As the details of history events. */
  get details(): { error: string; cause?: string } {
    return { error: this.error, ...(this.reason === undefined ? {} : { cause: this.reason }) };
  }
}
