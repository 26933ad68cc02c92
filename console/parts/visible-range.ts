interface Scrolled {
  /** How far the list's top is above the window's: negative before it is reached. */
  aboveTop: number;
  windowHeight: number;
  rowHeight: number;
  count: number;
}

/** Rows drawn beyond what is seen on either side: keys and screen readers find the next one there. */
const BEYOND = 12;

/** Moved in steps, so that most scrolling draws nothing new. */
const STEP = 4;

/** The rows of a list that have to be drawn, from `first` until before `end`. */
export function visibleRange({ aboveTop, windowHeight, rowHeight, count }: Scrolled): { first: number; end: number } {
  const top = Math.floor(Math.max(aboveTop, 0) / rowHeight);
  const bottom = Math.ceil(Math.max(aboveTop + windowHeight, 0) / rowHeight);
  const first = Math.max(Math.floor((top - BEYOND) / STEP) * STEP, 0);
  const end = Math.ceil((bottom + BEYOND) / STEP) * STEP;
  return { first: Math.min(first, count), end: Math.min(end, count) };
}
