import { isDeepStrictEqual } from 'node:util';
import type { ProblemKind } from '../../problems/problem.ts';
import type { Site } from '../site.ts';
import { factsOf, type OperationName, type UndoTarget } from './operations.ts';
import { type Answer, LIFE, type RequestName } from './requests.ts';
import { type SiteState, STATES } from './states.ts';

/** What of a site in the ledger decides about its life. */
export interface Standing {
  state: SiteState;
  site: Site;
  live?: Site;
  operation?: { name: OperationName };
  last?: { name: OperationName };
  left?: readonly unknown[];
}

/** The operation that runs, or that a resume goes on with; undefined when the last one has come to its end. */
export function unfinished<Any extends { name: OperationName }>({
  state,
  operation,
  last,
}: {
  state: SiteState;
  operation?: Any;
  last?: Any;
}): Any | undefined {
  return operation ?? (STATES[state].unfinished ? last : undefined);
}

/** Whether this very request asked for the operation that has come to its end: its answer was lost. */
export function isEndOf(item: Standing & { request?: string }, key: string | undefined): boolean {
  return key !== undefined && item.request === key && !unfinished(item) && !STATES[item.state].unfinished;
}

/** The document that the site is to be as; undefined where nothing of it is to exist, also while its undo is held. */
export function desiredDocument({
  site,
  ...item
}: Pick<Standing, 'state' | 'site' | 'operation' | 'last'>): Site | undefined {
  const operation = unfinished(item);
  const desires = operation ? factsOf(operation).desiresDocument : STATES[item.state].declared;
  return desires ? site : undefined;
}

/**
 * Whether something may serve viewers until the operation that runs has released it: resources of earlier documents, or
 * what an adopted resource had.
 */
export function releases({ site, operation }: Pick<Standing, 'site' | 'operation'>): boolean {
  if (!operation) return false;
  const facts = factsOf(operation);
  return facts.releases || (facts.desiresDocument && site.adopt === true);
}

/** Where an undo leads when its request doesn't say: from a change back to what was live, else to nothing. */
export function undoTarget({ live, ...item }: Standing): UndoTarget {
  const operation = unfinished(item);
  return operation && live !== undefined ? factsOf(operation).undoneTo : 'nothing';
}

/** Whether the site goes back to the document that was live, or is mended to be so: there is nothing else to go back to. */
export function isGoingBack({ site, live }: Pick<Standing, 'site' | 'live'>): boolean {
  return live !== undefined && isDeepStrictEqual(site, live);
}

/** What a request does over a site of which nothing runs: an operation whose workflow has ended without a word counts as held. */
export function answerTo(request: RequestName, item: Standing | undefined): Answer {
  const answer = LIFE[request][item ? (item.operation ? 'held' : item.state) : 'undeclared'];
  if (!('needs' in answer)) return answer;
  const has = { live: item?.live !== undefined, left: (item?.left ?? []).length > 0 };
  return has[answer.needs] ? { begins: answer.begins } : { refused: answer.otherwise };
}

/** Whether its operation was stopped on request: the same request again has to see it through. */
export function wasCancelled({ state, reason }: { state: SiteState; reason?: { error: string } }): boolean {
  return state === 'held' && reason?.error === 'Cancelled';
}

/** Why a request is refused over a site of which nothing runs; undefined when it begins an operation. */
export function refusedOver(request: RequestName, item: Standing): ProblemKind | undefined {
  const answer = answerTo(request, item);
  return 'refused' in answer ? answer.refused : undefined;
}
