import { definitionOf, WORKFLOWS } from '../../infra/workflows/definition.ts';
import { allStates } from '../../local/services/states/language/checks/transitions.ts';
import type { State, Target, Workflow } from '../../local/services/states/language/state.ts';

/** A workflow of the product, as it is deployed but for the names that CDK puts in. */
export interface DeployedWorkflow {
  /** "Onboard" */
  name: string;
  text: string;
}

export const deployedWorkflows = (): DeployedWorkflow[] => WORKFLOWS.map((name) => ({ name, text: deployed(name) }));

/** The definition of one, as text. */
export const deployed = (name: string): string => substituted(JSON.stringify(definitionOf(name)));

/** "${ClaimSite}" becomes a function's ARN. */
export const substituted = (text: string): string =>
  text.replace(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:123456789012:function:$1');

/** Tasks that could wait for a year, by name. */
export const withoutTimeout = (workflow: Workflow, definition: object): string[] => {
  const limited = new Set<string>();
  JSON.stringify(definition, (key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'TimeoutSeconds' in value) limited.add(key);
    return value;
  });
  return allStates(workflow)
    .filter(({ type, name }) => type === 'Task' && !limited.has(name))
    .map(({ name }) => name);
};

/** "Look reads $error", for every variable that is read where not every path has assigned it. `$exists($x)` may ask. */
export function unassigned(workflow: Workflow): string[] {
  const assigns = allStates(workflow).flatMap((state) =>
    state.assigns.flatMap(({ source }) => Object.keys(source as object)),
  );
  return unassignedIn(workflow, { before: new Set(), variables: new Set(assigns) });
}

function unassignedIn(
  workflow: Workflow,
  { before, variables }: { before: ReadonlySet<string>; variables: ReadonlySet<string> },
): string[] {
  const assigned = assignedOnEntry(workflow, before);
  return [...workflow.states.values()].flatMap((state) => {
    const known = assigned.get(state.name) ?? before;
    return [
      ...readsOf(state)
        .filter((name) => variables.has(name) && !known.has(name))
        .map((name) => `${state.name} reads $${name}`),
      ...state.inner.flatMap((inner) => unassignedIn(inner, { before: known, variables })),
    ];
  });
}

/** A variable may bear the name of a function, `$error`: those that something assigns are variables. */
function readsOf({ templates }: State): string[] {
  const expressions = templates.flatMap((template) => template.expressions);
  const free = expressions.flatMap(({ source, references }) =>
    [...references.variables].filter((name) => !source.includes(`$exists($${name})`)),
  );
  return [...new Set(free)];
}

/** Goes round until nothing changes: what every way into a state has assigned. */
function assignedOnEntry({ startAt, states }: Workflow, before: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const entry = new Map<string, ReadonlySet<string>>([[startAt, before]]);
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states.get(name);
    const known = entry.get(name);
    if (!state || !known) continue;
    for (const target of state.targets) {
      const after = new Set([...known, ...assignedBy(state, target)]);
      const seen = entry.get(target.name);
      const both = new Set([...after].filter((variable) => !seen || seen.has(variable)));
      if (seen && both.size === seen.size) continue;
      entry.set(target.name, both);
      open.push(target.name);
    }
  }
  return entry;
}

/** "/States/Ask/Choices[0]/Next" goes with the Assign of that rule. */
function assignedBy(state: State, { location }: Target): string[] {
  const way = location.slice(state.location.length + 1, location.lastIndexOf('/') + 1);
  const assign = state.assigns.find(({ field }) => field === `${way}Assign`);
  return Object.keys((assign?.source as object | undefined) ?? {});
}
