import { isDeepStrictEqual } from 'node:util';
import type { OperationName } from './execution-name.ts';
import type { Site, SiteState } from './site.ts';

/** Where an undo leads. */
export const WAYS_BACK = ['live', 'nothing'] as const;

export type WayBack = (typeof WAYS_BACK)[number];

interface Standing {
  state: SiteState;
  site: Site;
  live?: Site;
  operation?: { name: OperationName };
  last?: { name: OperationName };
}

/**
 * What an undo means by default: a change that failed or was stopped goes back to the document that was
 * live; everything else is taken back.
 */
export function wayBack({ state, live, operation, last }: Standing): WayBack {
  const changed = state !== 'live' && (operation ?? last)?.name === 'change';
  return changed && live !== undefined ? 'live' : 'nothing';
}

/** Whether nothing of a site is wanted any more, also when its undo was held. */
export function isTakenBack({ state, last }: Pick<Standing, 'state' | 'last'>): boolean {
  return state === 'undoing' || state === 'undone' || (state === 'held' && last?.name === 'undo');
}

/** Whether the site is on its way back to the document that was live, or to mend it: there is nowhere else to go back to. */
export function isGoingBack({ site, live }: Pick<Standing, 'site' | 'live'>): boolean {
  return live !== undefined && isDeepStrictEqual(site, live);
}
