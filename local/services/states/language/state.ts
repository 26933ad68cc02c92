import type { Leave, Visit } from '../execution/visit.ts';
import type { Integration } from '../integrations/integration.ts';
import type { Catcher } from './catcher.ts';
import type { Retrier } from './retrier.ts';
import type { Template } from './template.ts';

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** A place where a state names the state that follows. */
export interface Target {
  name: string;
  /** "/States/Check/Choices[0]/Next" */
  location: string;
}

/** One state, compiled: what is checked of it and how it runs. */
export interface State {
  name: string;
  type: StateType;
  /** "/States/Check" */
  location: string;
  /** Where it may lead. */
  targets: Target[];
  /** It may end the workflow that it stands in. */
  ends: boolean;
  retry: Retrier[];
  catch: Catcher[];
  /** Everything in it that is evaluated. */
  templates: Template[];
  /** The variables that it assigns in its own scope. */
  assigns: Template[];
  /** The workflows inside it: a Parallel's branches, a Map's item processor. */
  inner: Workflow[];
  /** What a Task does, and with what. */
  integration?: Integration;
  taskArguments?: Template;
  /** One attempt. Throws StateFailure, which Retry and Catch are then asked about. */
  run(visit: Visit): Promise<Leave>;
}

/** States that lead to each other: a state machine's own, a branch's, an item processor's. */
export interface Workflow {
  startAt: string;
  states: Map<string, State>;
  /** "" for the state machine itself. */
  location: string;
}
