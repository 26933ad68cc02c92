import { LIFE, type RequestName } from '../../domain/sites/life/requests.ts';
import type { SiteView } from '../../domain/sites/view.ts';

/** What a person can ask for a site, in the order in which it is offered. */
export const ASKED = ['resume', 'change', 'cancel', 'maintenance', 'undo', 'delete'] as const;

export type Asked = (typeof ASKED)[number];

/** What the API would begin or end for a site in its state: nothing else is offered. */
export function available(site: Pick<SiteView, 'state' | 'live' | 'left' | 'failover'>): Asked[] {
  const offered: Record<Asked, boolean> = {
    resume: takes('resume', site),
    change: takes('change', site),
    cancel: takes('cancel', site),
    maintenance: takes('switch', site) && site.failover !== undefined,
    // Of a live site, the same as its removal, which says beforehand what goes.
    undo: takes('undo', site) && site.state !== 'live',
    delete: takes('undo', site),
  };
  return ASKED.filter((asked) => offered[asked]);
}

/** Whether an undo brings a site back to what was live, and not to nothing. */
export function goesBack(site: Pick<SiteView, 'state' | 'live' | 'left'>): boolean {
  return takes('go back', site);
}

function takes(request: RequestName, { state, live, left = [] }: Pick<SiteView, 'state' | 'live' | 'left'>): boolean {
  const answer = LIFE[request][state];
  if ('refused' in answer) return false;
  if (!('needs' in answer)) return true;
  return answer.needs === 'live' ? live !== undefined : left.length > 0;
}
