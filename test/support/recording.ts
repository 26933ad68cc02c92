import type { Operation } from '../../local/wire/service.ts';

/** An operation that answers what it is told and keeps what it was asked. */
export interface Recording extends Operation<unknown, unknown> {
  inputs: unknown[];
  /** The next answers: an Error is thrown. */
  answer: unknown;
}

/** For tests of the wire itself, where it matters what arrives and what goes out, not what a service makes of it. */
export function recording(answer: unknown = {}): Recording {
  return {
    inputs: [],
    answer,
    run(input) {
      this.inputs.push(input);
      if (this.answer instanceof Error) throw this.answer;
      return this.answer;
    },
  };
}
