import { stateOf } from '../common-fields.ts';
import type { ParseState } from '../parse-state.ts';
import { templateOf } from '../template.ts';

/** Ends its workflow well. */
export const parseSucceed: ParseState = (fields) => {
  const output = templateOf(fields, 'Output');
  return {
    ...stateOf(fields, { leaving: { output, assign: undefined } }),
    ends: true,
    run: (visit) => visit.leave({ output, next: undefined }),
  };
};
