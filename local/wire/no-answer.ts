import type { Principal } from './service.ts';

/** The caller gets no answer: the connection breaks off at once or after a time. */
export class NoAnswer extends Error {
  /** How long the connection stays open first, in seconds of AWS time. */
  readonly seconds: number;
  readonly caller: Principal;

  constructor(caller: Principal, { seconds }: { seconds: number }) {
    super('The connection was closed before an answer came');
    this.name = 'NoAnswer';
    this.seconds = seconds;
    this.caller = caller;
  }
}
