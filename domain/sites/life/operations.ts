import type { SiteState } from './states.ts';

/** What an operation is, for everything that has to tell one from another. */
interface OperationFacts {
  /** The state machine that carries it out. */
  workflow: 'onboard' | 'undo' | 'switch';
  /** Whether it makes the site's document true; an undo makes true that nothing of it exists. */
  desiresDocument: boolean;
  /** Whether resources of earlier documents may exist, and serve viewers until it has released them. */
  releases: boolean;
  /** The state of the site while it runs, when a document of it was live and when none was. */
  runsAs: { wasLive: SiteState; neverLive: SiteState };
  /** The state of the site once it has succeeded. */
  succeedsAs: SiteState;
  /** Whether an undo follows by itself when it fails, where nothing else is asked for. */
  undoneWhenFailed: boolean;
  /** Where an undo of it leads, where a document was live. */
  undoneTo: UndoTarget;
  /** The operation that the same document declared again begins, while none was live. */
  declaredAgain: 'onboard' | 'change';
  /** Whether the reason of the operation before is still the reason that an undo of this one has. */
  keepsReason: boolean;
  /** Whether what the steps that made the document true have left counts in it: it repeats none of them but those that move traffic. */
  movesTrafficOnly?: true;
  /** What to ask for when its workflow has ended without a reason; left out: what its state advises. */
  again?: string;
}

/** Where an undo leads: to the document that was live, or until nothing of the site is left. */
export const UNDO_TARGETS = ['live', 'nothing'] as const;

export type UndoTarget = (typeof UNDO_TARGETS)[number];

/** Every operation of a site; it has one at a time. */
export const OPERATIONS = {
  /** From nothing to verified HTTPS: no earlier document of the site has resources. */
  onboard: {
    workflow: 'onboard',
    desiresDocument: true,
    releases: false,
    runsAs: { wasLive: 'pending', neverLive: 'pending' },
    succeedsAs: 'live',
    undoneWhenFailed: true,
    undoneTo: 'nothing',
    declaredAgain: 'onboard',
    keepsReason: true,
  },
  /** To another document, or back to the one that was live: the same steps, then what it does not desire is released. */
  change: {
    workflow: 'onboard',
    desiresDocument: true,
    releases: true,
    runsAs: { wasLive: 'changing', neverLive: 'pending' },
    succeedsAs: 'live',
    undoneWhenFailed: true,
    undoneTo: 'live',
    declaredAgain: 'change',
    keepsReason: true,
  },
  /** To the maintenance page of the site, or back to its origin: the document stays as it is. */
  switch: {
    workflow: 'switch',
    desiresDocument: true,
    releases: false,
    runsAs: { wasLive: 'switching', neverLive: 'switching' },
    succeedsAs: 'live',
    undoneWhenFailed: false,
    undoneTo: 'live',
    declaredAgain: 'change',
    keepsReason: false,
    movesTrafficOnly: true,
  },
  /** Until nothing of the site is left. */
  undo: {
    workflow: 'undo',
    desiresDocument: false,
    releases: true,
    runsAs: { wasLive: 'undoing', neverLive: 'undoing' },
    succeedsAs: 'undone',
    undoneWhenFailed: false,
    undoneTo: 'nothing',
    declaredAgain: 'onboard',
    keepsReason: false,
    again: 'undo it again',
  },
} as const satisfies Record<string, OperationFacts>;

export type OperationName = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];

/** The facts of an operation. */
export function factsOf({ name }: { name: OperationName }): OperationFacts {
  return OPERATIONS[name];
}
