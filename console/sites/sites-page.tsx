import type { SiteList } from '../../domain/sites/view.ts';
import { everyPage } from '../api.ts';
import { useFeed } from '../live/feed.ts';
import { Freshness } from '../parts/freshness.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { Table } from '../parts/table.tsx';
import { FromNow } from '../parts/time.tsx';
import { sitePath } from '../route.ts';

/** All sites. */
export function SitesPage() {
  const feed = useFeed('sites', {
    look: (signal) => everyPage<SiteList['sites'][number]>('/v1/sites?limit=100', 'sites', signal),
  });
  return (
    <>
      <h1>Sites</h1>
      <Freshness feed={feed} />
      <Table
        caption="Sites"
        rows={feed.value.value ?? []}
        keyOf={({ domain }) => domain}
        columns={[
          { title: 'Site', cell: ({ domain }) => <a href={sitePath(domain)}>{domain}</a> },
          { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
          { title: 'Last change', cell: ({ updatedAt }) => <FromNow at={updatedAt} /> },
        ]}
      />
    </>
  );
}
