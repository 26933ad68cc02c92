import type { Problem } from '../problem.ts';
import type { State, Target, Workflow } from '../state.ts';

/** Every target is there, every state can be reached, each workflow can end, no name stands twice. */
export function checkTransitions(workflow: Workflow): Problem[] {
  return [...checkWorkflow(workflow), ...checkNames(workflow)];
}

function checkWorkflow(workflow: Workflow): Problem[] {
  const { startAt, states, location } = workflow;
  const start: Target = { name: startAt, location: `${location}/StartAt` };
  const targets = [start, ...[...states.values()].flatMap((state) => state.targets)];
  const problems = targets.filter(({ name }) => !states.has(name)).map(missing);
  const reached = reachableFrom(startAt, states);
  for (const state of states.values()) if (!reached.has(state)) problems.push(unreachable(state));
  if (problems.length === 0 && ![...reached].some(({ ends }) => ends)) {
    problems.push({ code: 'MISSING_END_STATE', message: 'No state ends the workflow', location: `${location}/States` });
  }
  return [...problems, ...[...states.values()].flatMap(({ inner }) => inner).flatMap(checkWorkflow)];
}

const missing = ({ name, location }: Target): Problem => ({
  code: 'MISSING_TRANSITION_TARGET',
  message: `Missing '${location.slice(location.lastIndexOf('/') + 1)}' target: ${name}`,
  location,
});

const unreachable = ({ name, location }: State): Problem => ({
  code: 'MISSING_TRANSITION_TARGET',
  message: `State "${name}" is not reachable.`,
  location,
});

function reachableFrom(startAt: string, states: ReadonlyMap<string, State>): Set<State> {
  const reached = new Set<State>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states.get(name);
    if (!state || reached.has(state)) continue;
    reached.add(state);
    open.push(...state.targets.map((target) => target.name));
  }
  return reached;
}

/** A state's name is unique in the whole state machine, branches and processors included. */
function checkNames(workflow: Workflow): Problem[] {
  const seen = new Set<string>();
  return allStates(workflow).flatMap(({ name, location }): Problem[] => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ code: 'DUPLICATE_STATE_NAME', message: `Duplicate state name: ${name}`, location }];
  });
}

/** The states of a workflow and of all workflows inside it. */
export const allStates = ({ states }: Workflow): State[] =>
  [...states.values()].flatMap((state) => [state, ...state.inner.flatMap(allStates)]);
