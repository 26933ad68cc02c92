import { type Definition, type State, type States, stepOf } from './states.ts';

/**
 * Most of a cause that is passed on, in characters: as JSON inside JSON it is at most twice as long, and the workflow passes on
 * 20,000 of that.
 */
const CAUSE_CHARACTERS = 9_000;

/**
 * A branch whose every task says its own name when it fails: what comes out has the error of the task, and as its cause the JSON of
 * `{ step, cause }`. A catcher outside of a branch is not told which of its states has failed.
 */
export function namingFailures(branch: Definition): Definition {
  const failed = `Failed${branch.StartAt}`;
  const variable = `failed${stepOf(branch.StartAt)}`;
  const fail: State & { Error: string; Cause: string } = {
    Type: 'Fail',
    Error: `{% $${variable}.Error %}`,
    Cause: `{% $string({'step': $${variable}.step, 'cause': $${variable}.cause}) %}`,
  };
  return { ...branch, States: { ...named(branch.States, { variable, Next: failed }), [failed]: fail } };
}

function named(states: States, { variable, Next }: { variable: string; Next: string }): States {
  const catching = (name: string, state: State): State => {
    const error = `{% {'step': '${stepOf(name)}', 'Error': $states.errorOutput.Error, 'cause': $substring($states.errorOutput.Cause & '', 0, ${CAUSE_CHARACTERS})} %}`;
    const catcher = { ErrorEquals: ['States.ALL'], Assign: { [variable]: error }, Next };
    return { ...state, Catch: [...(state.Catch ?? []), catcher] };
  };
  return Object.fromEntries(
    Object.entries(states).map(([name, state]) => [name, state.Type === 'Task' ? catching(name, state) : state]),
  );
}
