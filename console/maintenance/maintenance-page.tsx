import { signal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { awsNow } from '../live/aws-time.ts';
import { place, setQuery } from '../location.ts';
import { displayName } from '../parts/display-name.ts';
import { Freshness } from '../parts/freshness.tsx';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import { useWidth } from '../parts/width.ts';
import { sitePath } from '../route.ts';
import { useListedSites } from '../sites/listed-sites.ts';
import { blocksOf, type MaintainedSite } from './calendar-blocks.ts';
import { CalendarCells } from './calendar-cells.tsx';
import { choiceOf } from './calendar-choice.ts';
import { CalendarHead } from './calendar-head.tsx';
import { type CalendarSpan, spanOf } from './calendar-span.ts';
import { CalendarTools } from './calendar-tools.tsx';
import { maintenancePath, useMaintained } from './maintenance-feed.ts';
import { Standing } from './standing.tsx';
import { readersZone } from './zone.tsx';

/** Below this width a row has its days beneath its name. */
const WIDE_PX = 820;
const ROW_PX = { wide: 44, narrow: 72 };

const MINUTE_MS = 60_000;

/** What is on now, and a calendar of the windows of all sites that have a page. */
export function MaintenancePage() {
  const feed = useMaintained();
  const table = useRef<HTMLDivElement>(null);
  const isWide = useWidth(table).value >= WIDE_PX;
  const query = new URLSearchParams(place.value.query);
  const minute = Math.floor(awsNow.value.getTime() / MINUTE_MS) * MINUTE_MS;
  const now = useMemo(() => new Date(minute), [minute]);
  const { date, unit, timeZone, words } = choiceOf(query, { now, here: readersZone() });
  const span = useMemo(() => spanOf(date, { unit, timeZone }), [date, unit, timeZone]);
  const all = feed.value.value;
  const rows = useMemo(
    () =>
      inOrder(
        (all ?? []).filter(({ domain }) => [domain, displayName(domain)].some((name) => name.includes(words))),
        span,
        now,
      ),
    [all, words, span, now],
  );
  const on = (all ?? []).filter(({ on }) => on === 'page');
  const choose = (chosen: Partial<Record<'zone' | 'unit' | 'at' | 'q', string>>) => {
    for (const [name, value] of Object.entries(chosen)) {
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    setQuery(query);
  };
  return (
    <>
      <div class="head">
        <h1>Maintenance</h1>
      </div>
      <Freshness feed={feed} />
      {all && all.length > 0 && <OnNow sites={on} />}
      {all?.length === 0 && <p class="empty">No site has a maintenance page yet.</p>}
      <section class="card" aria-label="Calendar of maintenance windows" hidden={!all || all.length === 0}>
        <CalendarTools
          date={date}
          unit={unit}
          timeZone={timeZone}
          words={words}
          zones={zonesOf(all ?? [])}
          onChoose={choose}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: thousands of rows, of which few are in the document */}
        <div
          ref={table}
          role="table"
          aria-label={`Maintenance windows, times in ${timeZone}`}
          aria-rowcount={rows.length + 1}
          class={`calendar ${isWide ? 'wide' : 'narrow'} ${unit}`}
        >
          <CalendarHead span={span} timeZone={timeZone} now={now} />
          <VirtualRows rows={rows} rowPx={isWide ? ROW_PX.wide : ROW_PX.narrow} keyOf={({ domain }) => domain}>
            {(site) => <CalendarCells site={site} span={span} timeZone={timeZone} now={now} />}
          </VirtualRows>
        </div>
        {all && all.length > 0 && rows.length === 0 && <p class="empty">No site has "{words}" in its name.</p>}
      </section>
      {all && <WithoutPage maintained={all} />}
    </>
  );
}

/** Sites with something in the span before those with nothing. */
function inOrder(sites: readonly MaintainedSite[], span: CalendarSpan, now: Date): MaintainedSite[] {
  const isBusy = (site: MaintainedSite) => site.on === 'page' || blocksOf(site, span, now).length > 0;
  return [...sites.filter(isBusy), ...sites.filter((site) => !isBusy(site))];
}

/** The time zones that windows were declared in. */
const zonesOf = (sites: readonly MaintainedSite[]): string[] =>
  sites.flatMap(({ windows }) => windows.flatMap(({ local }) => local?.timeZone ?? []));

/** How many sites are told of by themselves. */
const NAMED_ON = 9;

const OnNow = ({ sites }: { sites: readonly MaintainedSite[] }) => (
  <section class="on-now" aria-label="On now">
    {sites.length === 0 ? (
      <p class="muted">No maintenance page is on: all viewers see their sites.</p>
    ) : (
      sites.slice(0, NAMED_ON).map((site) => (
        <article key={site.domain} class="card">
          <div class="body">
            <h2>
              <a href={maintenancePath(site.domain)} title={site.domain}>
                {displayName(site.domain)}
              </a>
            </h2>
            <Standing standing={site} />
          </div>
        </article>
      ))
    )}
    {sites.length > NAMED_ON && <p class="muted">and {sites.length - NAMED_ON} more, first in the calendar</p>}
  </section>
);

/** How many sites without a page are named before all are asked for. */
const NAMED = 20;
const areAllNamed = signal(false);

/** The sites that have none, and how they get one. */
function WithoutPage({ maintained }: { maintained: readonly MaintainedSite[] }) {
  const feed = useListedSites();
  const have = useMemo(() => new Set(maintained.map(({ domain }) => domain)), [maintained]);
  const without = (feed.value.value ?? []).filter(({ domain, state }) => !have.has(domain) && state !== 'undone');
  if (without.length === 0) return null;
  const named = areAllNamed.value ? without : without.slice(0, NAMED);
  return (
    <section class="without">
      <h2>{without.length === 1 ? 'One site has' : `${without.length} sites have`} no maintenance page</h2>
      <p class="muted">
        Declare it with <code>"failover": {'{}'}</code>, by a change of the site:
      </p>
      <ul>
        {named.map(({ domain }) => (
          <li key={domain}>
            <a href={`${sitePath(domain)}/change`} title={domain}>
              {displayName(domain)}
            </a>
          </li>
        ))}
      </ul>
      {named.length < without.length && (
        <button
          type="button"
          onClick={() => {
            areAllNamed.value = true;
          }}
        >
          Show all {without.length}
        </button>
      )}
    </section>
  );
}
