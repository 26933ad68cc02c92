import { instantOf } from '../../domain/failover/local-time.ts';

/** A day of the calendar: 23 or 25 hours long where the clocks change. Instants in milliseconds; its end does not belong to it. */
export interface CalendarDay {
  /** "2026-11-30" */
  date: string;
  from: number;
  to: number;
  isWeekend: boolean;
}

/** What the calendar shows: whole days of a time zone, from left to right. */
export interface CalendarSpan {
  from: number;
  to: number;
  days: CalendarDay[];
}

export const UNITS = ['week', 'month'] as const;
export type Unit = (typeof UNITS)[number];

/** The week (from Monday) or the month of a date, in a time zone. */
export function spanOf(date: string, { unit, timeZone }: { unit: Unit; timeZone: string }): CalendarSpan {
  const first = firstOf(date, unit);
  const next = moved(first, unit, 1);
  const days: CalendarDay[] = [];
  for (let day = first; day < next; day = plusDays(day, 1)) {
    const weekday = utcOf(day).getUTCDay();
    days.push({
      date: day,
      from: midnightOf(day, timeZone),
      to: midnightOf(plusDays(day, 1), timeZone),
      isWeekend: weekday === 0 || weekday === 6,
    });
  }
  return { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0, days };
}

/** The first date of the week or month that lies so many ahead. */
export function moved(date: string, unit: Unit, count: number): string {
  const first = firstOf(date, unit);
  if (unit === 'week') return plusDays(first, 7 * count);
  const at = utcOf(first);
  at.setUTCMonth(at.getUTCMonth() + count);
  return dateOf(at);
}

/** The date of an instant in a time zone: "2026-11-30". */
export function dateIn(timeZone: string, at: Date): string {
  return localOf(timeZone, at).slice(0, 'YYYY-MM-DD'.length);
}

/** An instant as clocks in a time zone show it, to the minute: "2026-11-30T13:05". */
export function localOf(timeZone: string, at: Date): string {
  const parts = formatOf(timeZone).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** To make one takes as long as to use it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

function firstOf(date: string, unit: Unit): string {
  if (unit === 'month') return `${date.slice(0, 'YYYY-MM'.length)}-01`;
  const sinceMonday = (utcOf(date).getUTCDay() + 6) % 7;
  return plusDays(date, -sinceMonday);
}

function midnightOf(date: string, timeZone: string): number {
  return instantOf(`${date}T00:00`, timeZone)?.getTime() ?? utcOf(date).getTime();
}

const utcOf = (date: string): Date => new Date(`${date}T00:00:00Z`);
const dateOf = (at: Date): string => at.toISOString().slice(0, 'YYYY-MM-DD'.length);

function plusDays(date: string, count: number): string {
  const at = utcOf(date);
  at.setUTCDate(at.getUTCDate() + count);
  return dateOf(at);
}
