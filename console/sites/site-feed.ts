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
    changesAt: ({ failover }) => [failover?.until ?? []].flat(),
  });
