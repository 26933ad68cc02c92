import { useMemo } from 'preact/hooks';
import { STATES } from '../../domain/sites/life/states.ts';
import { place, setQuery } from '../location.ts';
import { Freshness } from '../parts/freshness.tsx';
import { useAllSites } from './all-sites.ts';
import { type Filter, filtered, filterIn, queryOf } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import type { SiteRow } from './row.ts';
import { SiteTable } from './site-table.tsx';

/** All sites: how each is, what it waits for, and which want a person. */
export function SitesPage() {
  const { rows, feed, isWhole } = useAllSites();
  const { query } = place.value;
  const filter = filterIn(query);
  const change = (changed: Partial<Filter>) => setQuery(queryOf({ ...filter, ...changed }));
  const shown = useMemo(() => filtered(rows ?? [], filterIn(query)), [rows, query]);
  return (
    <>
      <div class="head">
        <h1>Sites</h1>
        {rows && <p class="muted">{counts(rows, isWhole)}</p>}
        <div class="actions">
          <a class="button primary" href="/new">
            New site
          </a>
        </div>
      </div>
      <Freshness feed={feed} />
      {rows?.length === 0 && isWhole ? (
        <Empty />
      ) : (
        rows && (
          <>
            <FilterBar filter={filter} rows={rows} shown={shown.length} onChange={change} />
            <SiteTable rows={shown} filter={filter} onSort={change} />
          </>
        )
      )}
    </>
  );
}

const Empty = () => (
  <div class="card empty">
    <h2>No sites yet</h2>
    <p class="muted">
      A site is a domain name and what it leads to. <a href="/new">Declare the first one</a>, or run{' '}
      <code>nameplate init</code>.
    </p>
  </div>
);

/** "5,000, 3 running" */
function counts(rows: readonly SiteRow[], isWhole: boolean): string {
  const running = rows.filter(({ state }) => STATES[state].runs).length;
  return `${rows.length.toLocaleString('en')}${isWhole ? '' : ' so far'}${running > 0 ? `, ${running} running` : ''}`;
}
