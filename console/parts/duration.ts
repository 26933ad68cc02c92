const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** A time that passes, in its two largest units at most: "40 s", "5 min 10 s", "3 h", "12 days". */
export function duration(ms: number): string {
  const seconds = Math.max(Math.round(ms / 1_000), 0);
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return two([Math.floor(seconds / MINUTE_S), 'min'], [seconds % MINUTE_S, 's']);
  if (seconds < 2 * DAY_S) {
    const minutes = Math.floor(seconds / MINUTE_S);
    return two([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
  }
  return `${Math.floor(seconds / DAY_S)} days`;
}

/** How far an instant is from now: "3 min ago", "in 2 h", "now". */
export function fromNow(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  if (Math.abs(ms) < 1_000) return 'now';
  return ms < 0 ? `${duration(-ms)} ago` : `in ${duration(ms)}`;
}

const two = ([much, unit]: [number, string], [rest, small]: [number, string]): string =>
  rest === 0 || much >= 10 ? `${much} ${unit}` : `${much} ${unit} ${rest} ${small}`;
