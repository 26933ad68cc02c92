import { stateOf, transitionOf } from '../common-fields.ts';
import { leavingOf } from '../leaving.ts';
import type { ParseState } from '../parse-state.ts';

/** Hands its input on, or what Output makes of it. */
export const parsePass: ParseState = (fields) => {
  const leaving = leavingOf(fields);
  const transition = transitionOf(fields);
  return {
    ...stateOf(fields, { leaving, transition }),
    run: (visit) => visit.leave({ ...leaving, next: transition.next }),
  };
};
