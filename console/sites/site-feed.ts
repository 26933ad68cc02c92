import type { SiteView } from '../../domain/sites/view.ts';
import { get } from '../api.ts';
import { type Feed, useFeed } from '../live/feed.ts';
import { isBusy } from './is-busy.ts';
import { pathOf } from './site-path.ts';

/** A site as it stands. */
export const useSite = (domain: string): Feed<SiteView> =>
  useFeed(`site ${domain}`, {
    look: (signal) => get<SiteView>(pathOf(domain), signal),
    isBusy,
    // The page is looked at as soon as the site is live.
    changesAt: ({ failover, liveAt }) => [failover?.until ?? [], (failover && !failover.page && liveAt) || []].flat(),
  });
