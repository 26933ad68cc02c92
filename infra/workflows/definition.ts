import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { calling } from './calling.ts';
import { invoking } from './invoking.ts';
import type { Definition, State, States, Task } from './states.ts';

/** The workflows, each a file of workflows/: "Onboard" is workflows/onboard.asl.json. */
export const WORKFLOWS = ['Onboard', 'Undo'] as const;

/**
 * A workflow as it is deployed: as it was written, with what is the same for every task. The names of functions are left
 * open, "${ClaimSite}", for the stack to fill in.
 */
export const definitionOf = (workflow: string): Definition =>
  expanded(JSON.parse(readFileSync(join(root, 'workflows', `${workflow.toLowerCase()}.asl.json`), 'utf8')));

/** Adds to every task of a definition, those of branches included, what it doesn't say itself. */
export const expanded = (definition: Definition): Definition => ({
  ...definition,
  States: expandedStates(definition.States),
});

function expandedStates(states: States): States {
  return Object.fromEntries(Object.entries(states).map(([name, state]) => [name, expandedState(name, state)]));
}

function expandedState(name: string, state: State): State {
  if (state.Type === 'Task') return expandedTask(name, state as Task);
  if (!state.Branches) return state;
  return { ...state, Branches: state.Branches.map((branch) => ({ ...branch, States: expandedStates(branch.States) })) };
}

function expandedTask(name: string, task: Task): Task {
  return task.Resource?.includes(':aws-sdk:') ? calling(task) : invoking(name, task);
}
