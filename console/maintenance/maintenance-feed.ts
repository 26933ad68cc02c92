import type { WindowView } from '../../domain/failover/maintenance-schema.ts';
import { STATES } from '../../domain/sites/life/states.ts';
import { everyPage, get } from '../api.ts';
import { type Feed, useFeed } from '../live/feed.ts';
import { pathOf } from '../sites/site-path.ts';
import type { MaintainedSite } from './calendar-blocks.ts';

/** The path of a site's maintenance in the console. */
export const maintenancePath = (domain: string): string => `/maintenance/${encodeURIComponent(domain)}`;

/** The sites that have a maintenance page. */
export const useMaintained = (): Feed<MaintainedSite[]> =>
  useFeed('maintenance', {
    look: (signal) => everyPage<MaintainedSite>('/v1/maintenance?limit=100', 'sites', signal),
    isBusy: (sites) => sites.some(({ state }) => STATES[state].runs),
    changesAt: (sites) => sites.flatMap(({ windows, until = [] }) => [...edgesOf(windows), until].flat()),
  });

export const useWindows = (domain: string): Feed<WindowView[]> =>
  useFeed(`windows ${domain}`, {
    look: async (signal) =>
      (await get<{ windows: WindowView[] }>(`${pathOf(domain)}/maintenance/windows`, signal)).windows,
    changesAt: edgesOf,
  });

/** When windows begin and end. */
export const edgesOf = (windows: readonly WindowView[]): string[] =>
  windows.flatMap(({ from, until }) => [from, until]);
