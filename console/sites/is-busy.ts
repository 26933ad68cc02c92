import { isFollowedByUndo, STATES } from '../../domain/sites/life/states.ts';
import type { SiteView } from '../../domain/sites/view.ts';

/** Whether a site changes by itself: something runs for it, or is about to. */
export const isBusy = (site: Pick<SiteView, 'state' | 'operation'>): boolean =>
  site.operation !== undefined || STATES[site.state].runs || isFollowedByUndo(site);
