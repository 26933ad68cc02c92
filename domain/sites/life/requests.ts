import type { ProblemKind } from '../../problems/problem.ts';
import { OPERATIONS, type OperationName, type UndoTarget } from './operations.ts';
import type { SiteState } from './states.ts';

/** What a person can ask for. An undo is two requests: `undo` until nothing is left, `go back` to what was live. */
export const REQUESTS = ['declare', 'change', 'resume', 'cancel', 'undo', 'go back', 'switch'] as const;

export type RequestName = (typeof REQUESTS)[number];

/**
 * What a request does. It begins an operation: this one, the one `unfinished` before, or the one that the document `declared`
 * needs; where it `needs` something that the site doesn't have, it is refused. Or it ends the operation that runs: the site
 * is in that state then.
 */
export type Answer =
  | { begins: OperationName | 'unfinished' | 'declared' }
  | { begins: OperationName; needs: 'live' | 'left'; otherwise: ProblemKind }
  | { ends: SiteState }
  | { refused: ProblemKind };

/** A state of a site, or that there is none. */
type Stage = SiteState | 'undeclared';

const running = { refused: 'operation-running' } as const;
const whileRunning = { pending: running, changing: running, switching: running, undoing: running };
const none = { refused: 'site-not-found' } as const;
const nothingToUndo = { refused: 'nothing-to-undo' } as const;
const nothingToResume = { refused: 'nothing-to-resume' } as const;
const nothingToCancel = { refused: 'nothing-to-cancel' } as const;
const notLive = { refused: 'not-live' } as const;
const held = { ends: 'held' } as const;

/** The life of a site: what each request does in each of its states. */
export const LIFE: Record<RequestName, Record<Stage, Answer>> = {
  declare: {
    undeclared: { begins: 'onboard' },
    ...whileRunning,
    live: { refused: 'site-exists' },
    failed: { begins: 'declared' },
    held: { begins: 'declared' },
    undone: { begins: 'onboard' },
  },
  change: {
    undeclared: none,
    ...whileRunning,
    live: { begins: 'declared' },
    failed: { begins: 'declared' },
    held: { begins: 'declared' },
    undone: { refused: 'nothing-to-change' },
  },
  resume: {
    undeclared: none,
    ...whileRunning,
    live: nothingToResume,
    failed: { begins: 'unfinished' },
    held: { begins: 'unfinished' },
    undone: nothingToResume,
  },
  cancel: {
    undeclared: none,
    pending: held,
    changing: held,
    switching: held,
    undoing: held,
    live: nothingToCancel,
    failed: nothingToCancel,
    held: nothingToCancel,
    undone: nothingToCancel,
  },
  undo: {
    undeclared: none,
    ...whileRunning,
    live: { begins: 'undo' },
    failed: { begins: 'undo' },
    held: { begins: 'undo' },
    undone: { begins: 'undo', needs: 'left', otherwise: 'nothing-to-undo' },
  },
  'go back': {
    undeclared: none,
    ...whileRunning,
    live: nothingToUndo,
    failed: { begins: 'change', needs: 'live', otherwise: 'nothing-to-undo' },
    held: { begins: 'change', needs: 'live', otherwise: 'nothing-to-undo' },
    undone: nothingToUndo,
  },
  switch: {
    undeclared: none,
    ...whileRunning,
    live: { begins: 'switch' },
    failed: notLive,
    held: notLive,
    undone: notLive,
  },
};

/** How an operation ends: it has succeeded, has failed and is to be undone, or has stopped for another reason. */
export const ENDS = ['succeeded', 'failed', 'stopped'] as const;

/** The state that an operation leaves its site in. */
export function endsAs(name: OperationName, end: (typeof ENDS)[number]): SiteState {
  if (end === 'succeeded') return OPERATIONS[name].succeedsAs;
  return end === 'failed' && OPERATIONS[name].undoneWhenFailed ? 'failed' : 'held';
}

/** The request that an undo is, by where it leads. */
export const UNDO_REQUESTS: Record<UndoTarget, RequestName> = { live: 'go back', nothing: 'undo' };
