import { factsOf, type OperationName, type UndoTarget } from './operations.ts';
import type { RequestName } from './requests.ts';
import { type Standing, undoTarget } from './standing.ts';
import { type SiteState, STATES } from './states.ts';

/** A state in words, and what a person can do in it: each ends a sentence. */
interface Words {
  is: string;
  advice: string;
}

/** What to do while an operation runs for a site: until it ends, no other one begins. */
export const WAIT_OR_CANCEL = 'wait until it has ended, or cancel it';

const running: Words = { is: 'an operation is running for it', advice: WAIT_OR_CANCEL };

const IN_WORDS: Record<SiteState, Words> = {
  pending: running,
  changing: running,
  switching: running,
  undoing: running,
  live: { is: 'it is live', advice: 'change it, or undo it' },
  failed: { is: 'it has failed', advice: 'wait until its undo has ended' },
  held: {
    is: 'it is held, and no operation is running for it',
    advice: 'resume it, declare it again or undo it',
  },
  undone: { is: 'it has been undone', advice: 'declare it again' },
};

const WHAT: Record<RequestName, (domain: string) => string> = {
  declare: (domain) => `declare "${domain}"`,
  change: (domain) => `change "${domain}"`,
  resume: (domain) => `resume "${domain}"`,
  cancel: (domain) => `cancel "${domain}"`,
  undo: (domain) => `undo "${domain}"`,
  'go back': (domain) => `bring "${domain}" back to what was live`,
  switch: (domain) => `switch the maintenance of "${domain}"`,
};

/** What begins the refusal of a request. */
export function cannot(request: RequestName, domain: string): string {
  return `Cannot ${WHAT[request](domain)}`;
}

/** Why a request is refused for a site in its state, and what to do instead. `lacks` says what the site doesn't have for it. */
export function refusalInWords(
  request: RequestName,
  { domain, state, operation }: { domain: string; state: SiteState; operation?: { startedAt: string } },
  lacks?: string,
): string {
  const { is, advice } = IN_WORDS[state];
  const since = STATES[state].runs && operation ? ` (it began at ${operation.startedAt})` : '';
  return `${cannot(request, domain)}: ${lacks ?? is}${since}; ${advice}`;
}

/** What to do about a site whose operation was stopped. */
export function adviceWhenStopped(to: UndoTarget): string {
  return `resume it to go on, or undo it to ${to === 'live' ? 'go back to what was live' : 'take back what was made'}`;
}

/** The same where nothing said why its workflow has ended. */
export function adviceWhenEnded(name: OperationName, to: UndoTarget): string {
  return factsOf({ name }).again ?? adviceWhenStopped(to);
}

/** What to do about a site whose operation has failed. */
export function adviceWhenFailed(name: OperationName, { isUndone }: { isUndone: boolean }): string {
  return factsOf({ name }).again ?? (isUndone ? 'declare the site again' : 'resume it');
}

const CANCEL = 'cancel it and have it undone';
const TO_NOTHING = 'undo it to nothing';

/**
 * Which request takes all of a site back, as it stands: an undo is refused while an operation runs, and one of a change leads
 * to what was live. Without a site, what is right for any.
 */
export function howToTakeBack(standing?: Standing): string {
  if (!standing) return `undo it, or, while its operation runs, ${CANCEL}`;
  const { operation, live } = standing;
  if (operation && !factsOf(operation).desiresDocument) return 'wait until its undo has ended';
  const back = undoTarget(standing) === 'live';
  if (operation) return back ? `cancel it, then ${TO_NOTHING}` : live ? 'cancel it, then undo it' : CANCEL;
  return back ? TO_NOTHING : 'undo it';
}
