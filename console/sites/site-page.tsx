import { STATES } from '../../domain/sites/life/states.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { get } from '../api.ts';
import { useFeed } from '../live/feed.ts';
import { Freshness } from '../parts/freshness.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import type { Params } from '../route.ts';

/** A site. */
export function SitePage({ params: { domain = '' } }: { params: Params }) {
  const feed = useFeed(`site ${domain}`, {
    look: (signal) => get<SiteView>(`/v1/sites/${encodeURIComponent(domain)}`, signal),
    isBusy: ({ state }) => STATES[state].runs,
  });
  const site = feed.value.value;
  return (
    <>
      <h1>{site?.displayName ?? domain}</h1>
      <Freshness feed={feed} />
      {site && <StateBadge state={site.state} />}
    </>
  );
}
