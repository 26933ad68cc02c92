import { percentOf } from './calendar-blocks.ts';
import type { CalendarDay, CalendarSpan } from './calendar-span.ts';

interface CalendarHeadProps {
  span: CalendarSpan;
  timeZone: string;
  now: Date;
}

const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });

/** The titles of the columns: the days, the present one marked. */
export const CalendarHead = ({ span, timeZone, now }: CalendarHeadProps) => (
  // biome-ignore-start lint/a11y/useSemanticElements: of a table that is none of HTML
  // biome-ignore-start lint/a11y/useFocusableInteractive: there is nothing to do with a title
  <div role="rowgroup" class="titles">
    <div role="row" aria-rowindex={1} class="row">
      <div role="columnheader">Site</div>
      <div role="columnheader" class="days">
        <span class="hidden">Windows, times in {timeZone}</span>
        {span.days.map((day) => (
          <span
            key={day.date}
            aria-hidden="true"
            class={`day ${isIn(day, now) ? 'today' : ''}`}
            style={{
              left: `${percentOf(span, day.from)}%`,
              width: `${percentOf(span, day.to) - percentOf(span, day.from)}%`,
            }}
          >
            <span class="weekday">{WEEKDAY.format(new Date(`${day.date}T00:00Z`))}</span> {Number(day.date.slice(-2))}
          </span>
        ))}
      </div>
    </div>
  </div>
  // biome-ignore-end lint/a11y/useFocusableInteractive: there is nothing to do with a title
  // biome-ignore-end lint/a11y/useSemanticElements: of a table that is none of HTML
);

const isIn = ({ from, to }: CalendarDay, at: Date): boolean => from <= at.getTime() && at.getTime() < to;
