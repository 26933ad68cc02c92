/** What decides how soon the API is asked again. */
export interface Pace {
  /** Whether something runs that changes by itself. */
  isBusy: boolean;
  /** Whether a person can see the page. */
  isVisible: boolean;
  /** Answers in a row that were the same. */
  unchanged: number;
  /** Requests in a row that failed. */
  failures: number;
  /** How long the last look took: of a long list, the requests of all its pages. */
  tookMs: number;
  /** On the local AWS requests cost nothing, and its time is sped up. */
  isLocal: boolean;
}

/** While something runs: the first look, and how it grows while nothing changes. A look costs one invocation. */
const BUSY = { firstMs: 1_000, growth: 1.3, lastMs: 10_000 };
const LOCAL_BUSY_MS = 500;

/** While nothing runs: others may begin something. */
const IDLE_MS = 60_000;
const LOCAL_IDLE_MS = 5_000;

/** At most so much of the time is spent looking at what does not run. */
const IDLE_SHARE = 0.1;

const FAILED = { firstMs: 2_000, growth: 2, lastMs: 60_000 };

/** In how many milliseconds the API is asked again; undefined: not before the page is seen. */
export function nextLookMs({ isBusy, isVisible, unchanged, failures, tookMs, isLocal }: Pace): number | undefined {
  if (!isVisible) return undefined;
  if (failures > 0) return grown(FAILED, failures - 1);
  if (!isBusy) return Math.max(isLocal ? LOCAL_IDLE_MS : IDLE_MS, tookMs / IDLE_SHARE);
  return isLocal ? LOCAL_BUSY_MS : grown(BUSY, unchanged);
}

/** Later than this after an answer was due, what is shown is called old. */
const GRACE_MS = 5_000;

/** How long ago something was last seen, where that is longer than it should be: in milliseconds. */
export function staleMs(
  { at, dueInMs }: { at: number | undefined; dueInMs: number | undefined },
  now: number,
): number | undefined {
  if (at === undefined) return undefined;
  const age = now - at;
  return age > (dueInMs ?? 0) + GRACE_MS ? age : undefined;
}

const grown = ({ firstMs, growth, lastMs }: typeof BUSY, times: number): number =>
  Math.min(firstMs * growth ** times, lastMs);
