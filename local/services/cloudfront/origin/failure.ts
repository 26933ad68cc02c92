import type { Reason } from '../edge/pages.ts';

/** Why there is no answer from the origin, as the viewer is told. */
export class OriginFailure extends Error {
  readonly status: 502 | 504;
  readonly reason: Reason;

  constructor(status: 502 | 504, reason: Reason) {
    super(`The origin gave no answer: ${status}, ${reason}`);
    this.name = 'OriginFailure';
    this.status = status;
    this.reason = reason;
  }
}
