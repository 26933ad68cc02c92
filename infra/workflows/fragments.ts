import type { Definition, Leaving, State, States } from './states.ts';

/** A state whose place the states of a file of its own name take: "Release" is workflows/release.asl.json. */
export interface Fragment extends State {
  Type: 'Fragment';
  /** In a word, where it is: its states are told apart by that from those of the same steps elsewhere, "AwaitCertificate (cdn)". */
  Apart?: string;
}

export const isFragment = (state: State): state is Fragment => state.Type === 'Fragment';

/**
 * A definition with the states of each fragment in the fragment's place, those of branches included. What leads to the fragment
 * leads to its first state, and where it ends the workflow goes on as the fragment's own "Next" or "End" says. Nothing is added to what
 * an execution costs, and variables and errors are those of the workflow.
 *
 * @throws {Error} a state's name that is there twice, a fragment that contains itself, or one that ends and leads nowhere
 */
export function withFragments<D extends Definition>(
  definition: D,
  read: (name: string) => Definition,
  around: readonly string[] = [],
): D {
  const first = new Map<string, string>();
  const all: [string, State][] = [];
  for (const [name, state] of Object.entries(definition.States)) {
    if (!isFragment(state)) {
      all.push([name, withBranches(state, (branch) => withFragments(branch, read, around))]);
      continue;
    }
    if (around.includes(name)) throw new Error(`Cannot expand the fragment "${name}": it contains itself`);
    const inner = apart(withFragments(read(name), read, [...around, name]), state);
    first.set(name, inner.StartAt);
    all.push(...Object.entries(inner.States).map(([one, each]): [string, State] => [one, endingAs(each, state, name)]));
  }
  const lead = (target: string): string => first.get(target) ?? target;
  return { ...definition, StartAt: lead(definition.StartAt), States: redirected(uniquely(all), lead) };
}

function apart(definition: Definition, { Apart }: Fragment): Definition {
  return Apart === undefined ? definition : renamed(definition, (name) => `${name} (${Apart})`);
}

function renamed({ StartAt, States }: Definition, to: (name: string) => string): Definition {
  const states = redirected(States, to);
  const branched = (state: State) => withBranches(state, (branch) => renamed(branch, to));
  return {
    StartAt: to(StartAt),
    States: Object.fromEntries(Object.entries(states).map(([name, state]) => [to(name), branched(state)])),
  };
}

/** A state with something done to each of its branches. */
export function withBranches(state: State, change: (branch: Definition) => Definition): State {
  return state.Branches ? { ...state, Branches: state.Branches.map(change) } : state;
}

/** Where a fragment's state ends, the fragment does. */
function endingAs(state: State, { Next, End }: Fragment, name: string): State {
  if (!state.End) return state;
  if (!Next && !End) throw new Error(`Cannot expand the fragment "${name}": it says neither "Next" nor "End"`);
  const { End: _, ...rest } = state;
  return { ...rest, ...(Next ? { Next } : { End: true }) };
}

function uniquely(states: readonly [string, State][]): States {
  const names = states.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Cannot expand the workflow: it has two states "${twice}"`);
  return Object.fromEntries(states);
}

function redirected(states: States, lead: (target: string) => string): States {
  const to = <L extends Leaving>(leaving: L): L => (leaving.Next ? { ...leaving, Next: lead(leaving.Next) } : leaving);
  return Object.fromEntries(
    Object.entries(states).map(([name, state]) => {
      const { Default, Choices, Catch } = state;
      return [
        name,
        {
          ...to(state),
          ...(Default && { Default: lead(Default) }),
          ...(Choices && { Choices: Choices.map(to) }),
          ...(Catch && { Catch: Catch.map(to) }),
        },
      ];
    }),
  );
}
