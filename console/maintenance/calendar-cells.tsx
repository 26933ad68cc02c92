import { displayName } from '../parts/display-name.ts';
import { Badge } from '../parts/state-badge.tsx';
import { blocksOf, type CalendarBlock, type MaintainedSite, percentOf } from './calendar-blocks.ts';
import { type CalendarSpan, localOf } from './calendar-span.ts';
import { maintenancePath } from './maintenance-feed.ts';

interface CalendarCellsProps {
  site: MaintainedSite;
  span: CalendarSpan;
  timeZone: string;
  now: Date;
}

/** The cells of a site: its name, and its windows as blocks that lead to them. */
export function CalendarCells({ site, span, timeZone, now }: CalendarCellsProps) {
  const blocks = blocksOf(site, span, now);
  const lanes = Math.max(1, ...blocks.map(({ lane }) => lane + 1));
  const at = percentOf(span, now.getTime());
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: of a table that is none of HTML
    <>
      <div role="cell" class="whose">
        <a href={maintenancePath(site.domain)} title={site.domain}>
          {displayName(site.domain)}
        </a>
        {site.on === 'page' && <Badge tone="warn">on</Badge>}
        {site.hold && <Badge tone="quiet">locked</Badge>}
      </div>
      <div role="cell" class="days">
        <svg aria-hidden="true" width="100%" height="100%">
          {span.days.map((day) => (
            <rect
              key={day.date}
              class={day.isWeekend ? 'weekend' : 'weekday'}
              x={`${percentOf(span, day.from)}%`}
              width={`${percentOf(span, day.to) - percentOf(span, day.from)}%`}
              height="100%"
            />
          ))}
          {at >= 0 && at <= 100 && <rect class="now" x={`${at}%`} width="1.5" height="100%" />}
        </svg>
        {blocks.map((block) => (
          <a
            key={block.window?.id ?? 'on'}
            class={`block ${block.state}`}
            href={maintenancePath(site.domain)}
            title={wordsOf(block, timeZone)}
            style={{
              left: `${block.left}%`,
              width: `${block.width}%`,
              top: `calc(4px + ${(block.lane / lanes) * 100}% * 0.84)`,
              height: `calc(${100 / lanes}% * 0.84 - 2px)`,
            }}
          >
            <span class="hidden">{wordsOf(block, timeZone)}</span>
            <span class="short" aria-hidden="true">
              {shortOf(block, timeZone)}
            </span>
          </a>
        ))}
      </div>
    </>
    // biome-ignore-end lint/a11y/useSemanticElements: of a table that is none of HTML
  );
}

/** "ahead: 24 Dec 02:00 to 04:00, Databases" */
function wordsOf({ window, state }: CalendarBlock, timeZone: string): string {
  if (!window) return 'on now';
  const [from, until] = [window.from, window.until].map((each) => localOf(timeZone, new Date(each)).split('T'));
  const [day, clock] = from ?? [];
  const [endDay, endClock] = until ?? [];
  const end = day === endDay ? endClock : `${endDay} ${endClock}`;
  return `${state}: ${day} ${clock} to ${end}${window.message === undefined ? '' : `, ${window.message}`}`;
}

/** What a block has room for: "02:00 Databases". */
function shortOf({ window, state }: CalendarBlock, timeZone: string): string {
  if (!window) return state;
  const clock = localOf(timeZone, new Date(window.from)).split('T')[1];
  return `${clock} ${window.message ?? ''}`.trim();
}
