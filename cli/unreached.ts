import { Ending, EXIT } from './exit-codes.ts';

/** Nothing answers at an address. What runs on AWS goes on. */
export class Unreached extends Ending {
  /** `what` ends "Cannot reach"; what `fetch` says of it is in the cause of its error alone. */
  constructor(what: string, error: unknown) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    const why = message || code;
    super(
      `Cannot reach ${what} (${why}): see whether this machine is online and it runs there, then repeat the command`,
      EXIT.failed,
      { cause: error },
    );
  }
}
