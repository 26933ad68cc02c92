import { type DayTest, dayOfMonth, dayOfWeek } from './cron-days.ts';
import { cronValues } from './cron-field.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAY_MS = 86_400_000;

/** The next instant after the given one; undefined when there is none. */
export type Schedule = (after: Date) => Date | undefined;

/**
 * The six fields of EventBridge's cron (minutes, hours, day of month, month, day of week, year), in UTC.
 * Undefined for what can't be read; one of the two day fields must be "?".
 */
export function cron(text: string): Schedule | undefined {
  const [minute = '', hour = '', date = '', month = '', weekday = '', year = '', ...more] = text.trim().split(/\s+/);
  const minutes = cronValues(minute, { min: 0, max: 59 });
  const hours = cronValues(hour, { min: 0, max: 23 });
  const months = cronValues(month, { min: 1, max: 12, names: MONTHS });
  const years = cronValues(year, { min: 1970, max: 2199 });
  const days = dayTest(date, weekday);
  if (!minutes || !hours || !months || !years || !days || more.length > 0) return undefined;
  return (after) => {
    const from = new Date(after.getTime() + 60_000 - (after.getTime() % 60_000));
    const lastYear = years.at(-1) ?? 0;
    for (let day = startOfDay(from); day.getUTCFullYear() <= lastYear; day = new Date(day.getTime() + DAY_MS)) {
      if (!years.includes(day.getUTCFullYear()) || !months.includes(day.getUTCMonth() + 1) || !days(day)) continue;
      const at = timesOf(day, hours, minutes).find((time) => time >= from.getTime());
      if (at !== undefined) return new Date(at);
    }
    return undefined;
  };
}

function dayTest(date: string, weekday: string): DayTest | undefined {
  if ((date === '?') === (weekday === '?')) return undefined;
  return date === '?' ? dayOfWeek(weekday) : dayOfMonth(date);
}

const timesOf = (day: Date, hours: number[], minutes: number[]): number[] =>
  hours.flatMap((hour) => minutes.map((minute) => day.getTime() + (hour * 60 + minute) * 60_000));

const startOfDay = (at: Date): Date => new Date(at.getTime() - (at.getTime() % DAY_MS));
