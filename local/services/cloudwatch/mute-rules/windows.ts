import { instantOf, localTime, wallDate } from '../../../clock/zoned.ts';
import { cronValues } from '../../eventbridge/schedules/cron-field.ts';

/** When a mute rule is in force. */
export interface Windows {
  /** The latest window that has begun at an instant, over or not. */
  last(at: Date): { start: Date; end: Date } | undefined;
}

const MINUTE_MS = 60_000;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** A duration's bounds. Source: CloudWatch API Reference, "Schedule"; checked 2026-11-30. */
const MIN_MS = MINUTE_MS;
const MAX_MS = 15 * 24 * 60 * MINUTE_MS;

/** "at(2026-12-24T18:00)" in a zone: one window. Undefined for what cannot be read. */
export function onceAt(expression: string, zone: string, durationMs: number): Windows | undefined {
  const local = wallDate(/^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2})\)$/.exec(expression)?.[1]);
  if (!local) return undefined;
  const start = instantOf(local, zone);
  return { last: (at) => (start && at >= start ? windowFrom(start, durationMs) : undefined) };
}

/** "cron(0 2 * * SUN)", five fields in a zone. Undefined for what cannot be read. */
export function recurring(expression: string, zone: string, durationMs: number): Windows | undefined {
  const fields = /^cron\(([^)]+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== 5 || fields.some((field) => !/^[\w*,-]+$/.test(field))) return undefined;
  const [minute = '', hour = '', date = '', month = '', weekday = ''] = fields;
  const minutes = cronValues(minute, { min: 0, max: 59 });
  const hours = cronValues(hour, { min: 0, max: 23 });
  const dates = cronValues(date, { min: 1, max: 31 });
  const months = cronValues(month, { min: 1, max: 12, names: MONTHS });
  const weekdays = cronValues(
    weekday.replace(/[A-Z]{3}/gi, (name) => String(WEEKDAYS.indexOf(name.toUpperCase()))),
    { min: 0, max: 6 },
  );
  if (!minutes || !hours || !dates || !months || !weekdays) return undefined;
  const meets = (instant: Date): boolean => {
    const local = localTime(instant, zone);
    return (
      minutes.includes(local.getUTCMinutes()) &&
      hours.includes(local.getUTCHours()) &&
      dates.includes(local.getUTCDate()) &&
      months.includes(local.getUTCMonth() + 1) &&
      weekdays.includes(local.getUTCDay())
    );
  };
  return {
    last(at) {
      const latest = at.getTime() - (at.getTime() % MINUTE_MS);
      // What began longer ago than it lasts is over.
      for (let time = latest; time > latest - durationMs; time -= MINUTE_MS) {
        if (meets(new Date(time))) return windowFrom(new Date(time), durationMs);
      }
      return undefined;
    },
  };
}

const windowFrom = (start: Date, durationMs: number): { start: Date; end: Date } => ({
  start,
  end: new Date(start.getTime() + durationMs),
});

/** "P2DT12H", "PT4H", from a minute to fifteen days. Undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const [all, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
  if (all === undefined || all.endsWith('T')) return undefined;
  const ms = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * MINUTE_MS;
  return ms >= MIN_MS && ms <= MAX_MS ? ms : undefined;
}
