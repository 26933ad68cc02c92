import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../clock/clock.ts';
import { AwsError } from '../../../wire/service.ts';

/** As long as RequestCertificate's counts: AWS does not say for the others. */
const TOKEN_COUNTS_MS = 3_600_000;

/** Requests that were made with an idempotency token: the same again returns what the first returned. */
export class Repeated<Made> {
  readonly #clock: Clock;
  readonly #known = new Map<string, { input: object; made: Made; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What an earlier request with the token made. Throws ConflictException when that request was another one. */
  find(token: string | undefined, input: object, region: string): Made | undefined {
    const known = token === undefined ? undefined : this.#known.get(`${region} ${token}`);
    if (!known || this.#clock.now().getTime() - known.at >= TOKEN_COUNTS_MS) return undefined;
    if (isDeepStrictEqual(known.input, input)) return known.made;
    throw new AwsError('ConflictException', 'The idempotency token was used for a request with other parameters.');
  }

  keep(token: string | undefined, { input, region, made }: { input: object; region: string; made: Made }): void {
    if (token === undefined) return;
    this.#known.set(`${region} ${token}`, { input, made, at: this.#clock.now().getTime() });
  }
}
