import type { StateType } from '../language/state.ts';
import type { Branch } from './branch.ts';
import type { EventType, History } from './history.ts';

interface Logging {
  history: History;
  /** The event that ended it all. */
  eventId: number;
  /** The Map whose iterations they are. */
  iterationsOf: string | undefined;
}

/** The states that take time and so can be cut short, with the event that says so. */
const ABORTED: Partial<Record<StateType, EventType>> = {
  Task: 'TaskStateAborted',
  Wait: 'WaitStateAborted',
  Parallel: 'ParallelStateAborted',
  Map: 'MapStateAborted',
};

/** What the history says of the branch that failed: its task, if it stood in one, is over too. */
export function logFailed({ inside }: Branch, { history, eventId }: Logging): void {
  if (inside?.type === 'Task' && !history.full) history.add('TaskStateAborted', eventId);
}

/** What the history says of a branch that is called off, innermost first. */
export function logCalledOff(branch: Branch, logging: Logging): void {
  const { history, eventId, iterationsOf: name } = logging;
  if (name !== undefined && !history.full) {
    const mapIterationAbortedEventDetails = { name, index: branch.item?.Index ?? 0 };
    history.add('MapIterationAborted', eventId, { mapIterationAbortedEventDetails });
  }
  const { inside } = branch;
  const iterationsOf = inside?.type === 'Map' ? inside.name : undefined;
  for (const inner of branch.inner) {
    if (inner.status === 'running') logCalledOff(inner, { ...logging, iterationsOf });
  }
  const type = inside && ABORTED[inside.type];
  if (type && !history.full) history.add(type, eventId);
}
