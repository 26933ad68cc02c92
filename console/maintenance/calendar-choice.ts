import { isTimeZone } from '../../domain/failover/local-time.ts';
import { dateIn, UNITS, type Unit } from './calendar-span.ts';

/** What the calendar shows. */
export interface CalendarChoice {
  /** "2026-11-30", in the week or month that is shown. */
  date: string;
  unit: Unit;
  timeZone: string;
  /** What the names have in them that are shown, in lower case. */
  words: string;
}

/** What an address chooses, "?unit=month&zone=Asia/Tokyo&at=2026-12-24&q=shop"; what it does not, or what is none, is as by default. */
export function choiceOf(query: URLSearchParams, { now, here }: { now: Date; here: string }): CalendarChoice {
  const zone = query.get('zone') ?? here;
  const timeZone = isTimeZone(zone) ? zone : here;
  const at = query.get('at') ?? '';
  return {
    date: isDate(at) ? at : dateIn(timeZone, now),
    unit: UNITS.find((each) => each === query.get('unit')) ?? 'week',
    timeZone,
    words: (query.get('q') ?? '').toLowerCase(),
  };
}

/** Whether there is that date, in a year of four digits. */
function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
