/**
 * Wall-clock times of IANA zones. A local time is a Date whose UTC fields are what the zone's clocks show: 02:30 in Berlin is
 * 02:30 of `getUTCHours`, whatever the offset.
 */

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Whether that is a zone of the time zone database: "Europe/Berlin", "UTC". */
export function isZone(name: string): boolean {
  if (!/^[A-Z][\w/+-]*$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the clocks of a zone show at an instant. */
export function localTime(at: Date, zone: string): Date {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** The first instant at which the clocks of a zone show a local time; undefined for one that a change of the clocks leaves out. */
export function instantOf(local: Date, zone: string): Date | undefined {
  const around = [-DAY_MS, DAY_MS].map((shift) => new Date(local.getTime() + shift));
  const offsets = around.map((at) => localTime(at, zone).getTime() - at.getTime());
  const instants = offsets
    .map((offset) => local.getTime() - offset)
    .filter((instant) => localTime(new Date(instant), zone).getTime() === local.getTime());
  return instants.length > 0 ? new Date(Math.min(...instants)) : undefined;
}

/** "2026-12-24T18:00" or with seconds, as a local time; undefined for a date or time that no calendar has. */
export function wallDate(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined;
  const whole = text.length === 16 ? `${text}:00` : text;
  const date = new Date(`${whole}.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole) ? date : undefined;
}

const DAY_MS = 24 * 3_600_000;

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  FORMATS.set(zone, format);
  return format;
}
