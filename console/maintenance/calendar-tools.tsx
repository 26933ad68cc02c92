import { moved, UNITS, type Unit } from './calendar-span.ts';
import { readersZone } from './zone.tsx';

interface CalendarToolsProps {
  date: string;
  unit: Unit;
  timeZone: string;
  words: string;
  /** Time zones that windows were declared in. */
  zones: readonly string[];
  /** Changes what the calendar shows; an empty text chooses what it shows by itself. */
  onChoose: (chosen: Partial<Record<'zone' | 'unit' | 'at' | 'q', string>>) => void;
}

const MONTH = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const WEEK = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "30 Nov to 6 Dec 2026", "December 2026" */
function titleOf(first: string, unit: Unit): string {
  const from = new Date(`${first}T00:00Z`);
  if (unit === 'month') return MONTH.format(from);
  return WEEK.formatRange(from, new Date(from.getTime() + 6 * 86_400_000));
}

/** Which weeks or months the calendar shows, in which time zone, of which sites. */
export function CalendarTools({ date, unit, timeZone, words, zones, onChoose }: CalendarToolsProps) {
  const here = readersZone();
  const others = [...new Set(['UTC', ...zones, timeZone])].filter((zone) => zone !== here);
  return (
    <header class="tools">
      <div class="actions">
        <button type="button" aria-label={`The ${unit} before`} onClick={() => onChoose({ at: moved(date, unit, -1) })}>
          ‹
        </button>
        <button type="button" onClick={() => onChoose({ at: '' })}>
          Today
        </button>
        <button type="button" aria-label={`The ${unit} after`} onClick={() => onChoose({ at: moved(date, unit, 1) })}>
          ›
        </button>
      </div>
      <h2 aria-live="polite">{titleOf(moved(date, unit, 0), unit)}</h2>
      <div class="actions">
        <input
          type="search"
          aria-label="Filter by name"
          placeholder="Filter"
          value={words}
          onInput={({ currentTarget }) => onChoose({ q: currentTarget.value })}
        />
        <select
          aria-label="How long"
          value={unit}
          onChange={({ currentTarget }) => onChoose({ unit: currentTarget.value })}
        >
          {UNITS.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <select
          aria-label="Time zone"
          value={timeZone}
          onChange={({ currentTarget: { value } }) => onChoose({ zone: value === here ? '' : value })}
        >
          <option value={here}>{here}</option>
          {others.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
      </div>
    </header>
  );
}
