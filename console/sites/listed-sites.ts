import { STATES } from '../../domain/sites/life/states.ts';
import type { SiteList } from '../../domain/sites/view.ts';
import { get, pages } from '../api.ts';
import { type Feed, useFeed } from '../live/feed.ts';

export type Listed = SiteList['sites'][number];

export const isRunning = ({ state }: Pick<Listed, 'state'>): boolean => STATES[state].runs;

/** The list of all sites. */
export const useListedSites = (): Feed<Listed[]> =>
  useFeed('sites', { look: readSites, isBusy: (sites) => sites.some(isRunning), isLong: true });

/** A screenful first, which is there at once, and then all others by as many as one request gives. */
async function readSites(abort: AbortSignal, show: (sites: Listed[]) => void): Promise<Listed[]> {
  const first = await get<SiteList>('/v1/sites?limit=100', abort);
  let { sites } = first;
  if (first.next === undefined) return sites;
  show(sites);
  for await (const page of pages<Listed>('/v1/sites?limit=1000', 'sites', abort, first.next)) {
    sites = [...sites, ...page];
    show(sites);
  }
  return sites;
}
