/** A date and time without a zone: "2026-12-24T02:00", with seconds or without. */
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/;

/** Whether a name is one of an IANA time zone: "Europe/Berlin". An offset, which JavaScript takes for one as well, knows no summer time. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z].{0,49}$/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The instant of a local date and time in a time zone. One that comes twice is the first of both; one that the clocks leave out is as
 * long after midnight as if they did not, as in RFC 5545 (3.3.5). Undefined for what is no date and time.
 */
export function instantOf(local: string, timeZone: string): Date | undefined {
  const asUtc = utcOf(local);
  if (asUtc === undefined) return undefined;
  // The offsets before and after: a change of the clocks lies between them, or none does.
  const before = asUtc - offsetMs(asUtc - DAY_MS, timeZone);
  const after = asUtc - offsetMs(asUtc + DAY_MS, timeZone);
  const says = (instant: number) => instant + offsetMs(instant, timeZone) === asUtc;
  const found = [before, after].filter(says).sort((one, other) => one - other)[0];
  return new Date(found ?? before);
}

const DAY_MS = 86_400_000;

function utcOf(local: string): number | undefined {
  const [, year, month, day, hour, minute, second = '00'] = LOCAL_TIME.exec(local) ?? [];
  if (year === undefined) return undefined;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(text);
  // "2026-02-30" is read as March 2nd.
  return Number.isNaN(time) || new Date(time).toISOString() !== text ? undefined : time;
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(instant / 1000) * 1000;
}
