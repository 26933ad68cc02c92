/** What a state of a site means. */
interface StateFacts {
  /** Whether an operation runs. */
  runs: boolean;
  /** Whether the site is declared: its names are its own, and things of it may exist. */
  declared: boolean;
  /** Whether the operation before has not come to its end: a resume goes on with it. */
  unfinished: boolean;
  /** The operation that follows by itself. */
  followedBy?: 'undo';
}

const running: StateFacts = { runs: true, declared: true, unfinished: false };
const stopped: StateFacts = { runs: false, declared: true, unfinished: true };

/** Every state of a site that was declared once. */
export const STATES = {
  /** On its way to be live for the first time. */
  pending: running,
  /** Live, and on its way to another document. */
  changing: running,
  /** Live, and its traffic on its way to the maintenance page or back. */
  switching: running,
  /** Verified as declared. */
  live: { runs: false, declared: true, unfinished: false },
  /** Its operation has failed and is about to be undone. */
  failed: { ...stopped, followedBy: 'undo' },
  /** Its operation was stopped or has failed, and waits for a person. */
  held: stopped,
  undoing: running,
  /** Nothing of it exists, except for what it lists as left. */
  undone: { runs: false, declared: false, unfinished: false },
} as const satisfies Record<string, StateFacts>;

export type SiteState = keyof typeof STATES;

export const SITE_STATES = Object.keys(STATES) as [SiteState, ...SiteState[]];

/** Whether a site is declared: false once it has been undone. */
export function isDeclared<Item extends { state: SiteState }>(item: Item | undefined): item is Item {
  return item !== undefined && STATES[item.state].declared;
}

/** Whether a site is verified as its document says. */
export function isLive({ state }: { state: SiteState }): boolean {
  return state === 'live';
}

/** Whether an undo of a site follows by itself. */
export function isFollowedByUndo({ state }: { state: SiteState }): boolean {
  const facts: StateFacts = STATES[state];
  return facts.followedBy === 'undo';
}
