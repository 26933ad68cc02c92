import type { Json } from '../language/json.ts';
import type { StateType, Workflow } from '../language/state.ts';
import { Scope } from './scope.ts';

/** An item of a Map, as `$states.context.Map.Item` has it. */
export interface Item {
  Index: number;
  Key?: string;
  Value: Json;
}

/** Why a branch was called off: the execution ended, or another branch failed. */
export class CalledOff extends Error {}

/** Where a branch stands: the state that it is in, or will enter next. */
export interface Position {
  state: string;
  input: Json;
}

/**
 * One line of states being run: the execution's own, a Parallel's branch, a Map's iteration. It remembers where it
 * stands, so that a redrive can go on from there.
 */
export class Branch {
  readonly workflow: Workflow;
  readonly item: Item | undefined;
  readonly scope: Scope;
  position: Position;
  /** The event that the next one follows. */
  lastEventId: number;
  /** The state it is in now, while in one. */
  inside: { type: StateType; name: string } | undefined;
  /** The branches of the Parallel or Map that it is in. */
  inner: Branch[] = [];
  status: 'waiting' | 'running' | 'done' | 'failed' | 'calledOff' = 'waiting';
  output: Json = null;
  #off = new AbortController();

  constructor(options: {
    workflow: Workflow;
    input: Json;
    lastEventId: number;
    outer?: Branch;
    item?: Item | undefined;
  }) {
    this.workflow = options.workflow;
    this.item = options.item ?? options.outer?.item;
    this.scope = new Scope(options.outer?.scope);
    this.position = { state: options.workflow.startAt, input: options.input };
    this.lastEventId = options.lastEventId;
  }

  /** Aborted with CalledOff. */
  get signal(): AbortSignal {
    return this.#off.signal;
  }

  /** Stops it and what is inside it, at once. */
  callOff(): void {
    if (this.status === 'done' || this.status === 'failed') return;
    this.status = 'calledOff';
    for (const branch of this.inner) branch.callOff();
    this.#off.abort(new CalledOff());
  }

  /** Makes it ready to go on from where it stood. */
  reopen(lastEventId: number): void {
    if (this.status === 'done') return;
    this.status = 'waiting';
    this.lastEventId = lastEventId;
    this.#off = new AbortController();
    for (const branch of this.inner) branch.reopen(lastEventId);
  }
}

/** Settles as the promise does, or rejects as soon as the signal aborts. */
export function unlessCalledOff<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
