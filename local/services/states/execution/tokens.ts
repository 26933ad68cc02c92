import { AwsError } from '../../../wire/service.ts';
import type { Json } from '../language/json.ts';

/** A task that waits for its token to come back. */
export interface Waiting {
  region: string;
  succeed(output: Json): void;
  fail(error: string, cause: string | undefined): void;
  beat(): void;
}

/** Every task token that was ever given out, and who still waits for it. */
export class Tokens {
  readonly #regions = new Map<string, string>();
  readonly #waiting = new Map<string, Waiting>();

  open(token: string, waiting: Waiting): void {
    this.#regions.set(token, waiting.region);
    this.#waiting.set(token, waiting);
  }

  close(token: string): void {
    this.#waiting.delete(token);
  }

  /** Throws InvalidToken for what was never given out here, TaskTimedOut once nobody waits for it any more. */
  find(token: string, region: string): Waiting {
    if (this.#regions.get(token) !== region) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    const waiting = this.#waiting.get(token);
    if (!waiting) throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    return waiting;
  }
}
