const DAY_MS = 86_400_000;

/** How far the axis reaches at most into the past and the future, and at least. */
const FARTHEST_MS = 400 * DAY_MS;
const NEAREST_MS = 30 * DAY_MS;

/** A stretch of time that is drawn from left to right: instants in milliseconds. */
export interface TimeAxis {
  from: number;
  to: number;
}

export interface Tick {
  at: number;
  /** "Mar", or the year of a January: "2027". */
  label: string;
  isYear: boolean;
  /** Whether its label has room beside those before it, beside "now" and between the ends. */
  isLabelled: boolean;
}

/** Room that a label takes with the gap to the next one. */
const LABEL_PX = 44;

/** How many months lie between two ticks. */
const STEPS = [1, 2, 3, 6, 12, 24, 60];

/** The axis on which these lifetimes are seen best: all of each that lies within 400 days of now, and a month on both sides at least. */
export function axisOf(lifetimes: readonly { validFrom: string; validTo: string }[], now: Date): TimeAxis {
  const at = now.getTime();
  let [from, to] = [at - NEAREST_MS, at + NEAREST_MS];
  for (const { validFrom, validTo } of lifetimes) {
    from = Math.min(from, Date.parse(validFrom));
    to = Math.max(to, Date.parse(validTo));
  }
  from = Math.max(from, at - FARTHEST_MS);
  to = Math.min(to, at + FARTHEST_MS);
  const margin = (to - from) / 50;
  return { from: from - margin, to: to + margin };
}

/** Where an instant is on the axis: 0 at its left end, 100 at its right one; beyond them where it is cut off. */
export function percentOf({ from, to }: TimeAxis, at: number): number {
  return ((at - from) / (to - from)) * 100;
}

/** The first days of months (UTC) on an axis of that width, as close as their labels allow. */
export function ticksOf(axis: TimeAxis, { widthPx, now }: { widthPx: number; now: Date }): Tick[] {
  const months = (axis.to - axis.from) / (30.44 * DAY_MS);
  const step = STEPS.find((each) => (widthPx / months) * each >= LABEL_PX) ?? STEPS.at(-1) ?? 1;
  const first = new Date(axis.from);
  const ticks: Tick[] = [];
  const px = (at: number) => (percentOf(axis, at) / 100) * widthPx;
  // Nothing is written over the label of "now".
  const taken = [px(now.getTime())];
  for (let month = Math.ceil((first.getUTCMonth() + 1) / step) * step; ; month += step) {
    const at = Date.UTC(first.getUTCFullYear(), month);
    if (at > axis.to) return ticks;
    const isYear = new Date(at).getUTCMonth() === 0;
    const isWhole = px(at) >= LABEL_PX / 2 && px(at) <= widthPx - LABEL_PX / 2;
    const isLabelled = isWhole && taken.every((other) => Math.abs(px(at) - other) >= LABEL_PX);
    if (isLabelled) taken.push(px(at));
    ticks.push({ at, label: isYear ? String(new Date(at).getUTCFullYear()) : MONTH.format(at), isYear, isLabelled });
  }
}

const MONTH = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });
