// biome-ignore-all lint/a11y/useSemanticElements: a table element would lay out all of its rows, not those in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the links and buttons in it are focused
import { media } from '../parts/media.ts';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import type { Filter, SortKey } from './filter.ts';
import type { SiteRow } from './row.ts';
import { SiteCells } from './site-cells.tsx';

const ROW_PX = { wide: 38, narrow: 84 };

const isNarrow = media('(max-width: 760px)');

const COLUMNS: readonly { title: string; sort?: SortKey }[] = [
  { title: 'Site', sort: 'domain' },
  { title: 'State', sort: 'state' },
  { title: 'What it waits for, or wants' },
  { title: 'Certificate', sort: 'certificate' },
  { title: 'Edge' },
  { title: 'Last change', sort: 'updated' },
];

interface SiteTableProps {
  rows: readonly SiteRow[];
  filter: Filter;
  onSort: (changed: Partial<Filter>) => void;
}

/** Thousands of sites as one table, of which the window shows a part. Up and down lead from site to site. */
export function SiteTable({ rows, filter, onSort }: SiteTableProps) {
  return (
    <div
      class="sites card"
      role="table"
      aria-label="Sites"
      aria-rowcount={rows.length + 1}
      onKeyDown={(event) => step(event, event.currentTarget)}
    >
      <div role="rowgroup">
        <div class="row titles" role="row" aria-rowindex={1}>
          {COLUMNS.map(({ title, sort }) => (
            <Title key={title} title={title} sort={sort} filter={filter} onSort={onSort} />
          ))}
        </div>
      </div>
      <VirtualRows rows={rows} rowPx={isNarrow.value ? ROW_PX.narrow : ROW_PX.wide} keyOf={({ domain }) => domain}>
        {(row) => <SiteCells row={row} />}
      </VirtualRows>
      {rows.length === 0 && <p class="empty muted">No site is as the filter says</p>}
    </div>
  );
}

interface TitleProps {
  title: string;
  sort: SortKey | undefined;
  filter: Filter;
  onSort: (changed: Partial<Filter>) => void;
}

function Title({ title, sort, filter, onSort }: TitleProps) {
  const isSorted = sort !== undefined && filter.sort === sort;
  const direction = isSorted ? (filter.descending ? 'descending' : 'ascending') : 'none';
  return (
    <div role="columnheader" {...(sort && { 'aria-sort': direction })}>
      {sort ? (
        <button
          type="button"
          class="plain"
          onClick={() => onSort({ sort, descending: isSorted && !filter.descending })}
        >
          {title}
          <span class="arrow" aria-hidden="true">
            {isSorted ? (filter.descending ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        title
      )}
    </div>
  );
}

/** Moves the focus to the site before or after the one that has it. */
function step(event: KeyboardEvent, table: HTMLElement): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...table.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(event.target as HTMLElement);
  const next = by === undefined || at < 0 ? undefined : links[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
