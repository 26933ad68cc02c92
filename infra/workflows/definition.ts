import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { calling } from './calling.ts';
import { withBranches, withFragments } from './fragments.ts';
import { invoking } from './invoking.ts';
import { namingFailures } from './naming-failures.ts';
import { retriersOf } from './retriers.ts';
import type { AuthoredTask, Definition, State, States, Task } from './states.ts';

/** The workflows, each a file of workflows/; the other files there are fragments of these. */
export const WORKFLOWS = ['Onboard', 'Undo', 'Switch'] as const;

/** A workflow or fragment as it is authored: "PrepareLoadBalancer" is workflows/prepare-load-balancer.asl.json. */
export function authored(name: string): Definition {
  const file = name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
  return JSON.parse(readFileSync(join(root, 'workflows', `${file}.asl.json`), 'utf8')) as Definition;
}

/**
 * A workflow as it is deployed: as it is authored, with its fragments and with what is the same for every task. The names of
 * functions are left open, "${ClaimSite}", for the stack to fill in.
 */
export const definitionOf = (workflow: string): Definition => expanded(withFragments(authored(workflow), authored));

/**
 * The version of the workflows: a digest of all of them as they are deployed. A function that a workflow of another version calls
 * lets the operation begin again under this one (functions/shared/sites/continue-operation.ts).
 */
export const workflowVersion = (): string =>
  createHash('sha256')
    .update(JSON.stringify(WORKFLOWS.map(definitionOf)))
    .digest('hex')
    .slice(0, 16);

/** Adds to every task of a definition, those of branches included, what it doesn't say itself. */
export const expanded = <D extends Definition>(definition: D): D => ({
  ...definition,
  States: expandedStates(definition.States),
});

const expandedStates = (states: States): States =>
  Object.fromEntries(Object.entries(states).map(([name, state]) => [name, expandedState(name, state)]));

const expandedState = (name: string, state: State): State =>
  state.Type === 'Task'
    ? expandedTask(name, state as AuthoredTask)
    : withBranches(state, (branch) => namingFailures(expanded(branch)));

function expandedTask(name: string, { Retry = {}, ...written }: AuthoredTask): Task {
  const task: Task = { ...written, Retry: retriersOf(Retry) };
  return task.Resource?.includes(':aws-sdk:') ? calling(task) : invoking(name, task);
}
