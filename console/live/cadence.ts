/** What decides how soon the API is asked again. */
export interface Pace {
  /** Whether something runs that changes by itself. */
  isBusy: boolean;
  /** Whether it is a list of many: what runs of it is followed one by one elsewhere. */
  isLong: boolean;
  /** In how long something begins or ends by itself at a time that is known; undefined where nothing does. */
  changesInMs: number | undefined;
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

/** A long list of which something runs: others may begin something too. */
const LONG_MS = 60_000;

/** How often the local AWS is asked what its clock, which runs ahead, has come to. */
const LOCAL_MS = 5_000;

/** At most so much of the time is spent looking at a long list. */
const LONG_SHARE = 0.1;

const FAILED = { firstMs: 2_000, growth: 2, lastMs: 60_000 };

/** Looks in a row that fail before nothing is asked any more by itself, where nothing runs: a minute's. */
const MOST_FAILURES = 5;

/** What is further ahead is looked at in between: a browser's timers reach 24 days. */
const DAY_MS = 86_400_000;

/** After something should have begun or ended by itself: it takes a moment. */
const BEGINS_WITHIN_MS = 120_000;

/** In how many milliseconds the API is asked again; undefined: not before a person looks, or asks. */
export function nextLookMs(pace: Pace): number | undefined {
  const { isBusy, isLong, changesInMs, isVisible, unchanged, failures, tookMs, isLocal } = pace;
  if (!isVisible) return undefined;
  if (failures > 0) return isBusy || failures <= MOST_FAILURES ? grown(FAILED, failures - 1) : undefined;
  if (isBusy && isLong) return Math.max(isLocal ? LOCAL_MS : LONG_MS, tookMs / LONG_SHARE);
  if (isBusy) return isLocal ? LOCAL_BUSY_MS : grown(BUSY, unchanged);
  return changesInMs === undefined ? undefined : Math.min(changesInMs, isLocal ? LOCAL_MS : DAY_MS);
}

/** In how long the next of some instants comes; 0 where one came just now. */
export function untilNextMs(instants: Iterable<string>, now: Date): number | undefined {
  const ahead = [...instants]
    .map((instant) => Date.parse(instant) - now.getTime())
    .filter((ms) => ms > -BEGINS_WITHIN_MS)
    .map((ms) => Math.max(ms, 0));
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

/** Something was seen so shortly ago that a page that is come back to shows it as it is. */
const FRESH_MS = 5_000;

/** Whether a page that is come back to, after a look so long ago, is looked at. */
export const isSeenAnew = (ageMs: number): boolean => ageMs > FRESH_MS;

const MINUTE_MS = 60_000;

/** From this age on it is offered to look again. */
const OLD_MS = 3 * MINUTE_MS;

/** How old what is shown is, in words that change once a minute at most, and whether it is worth looking again. */
export function ageOf(ageMs: number): { words: string; isOld: boolean } {
  const minutes = Math.floor(ageMs / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  const words =
    minutes < 1
      ? 'less than a minute ago'
      : hours < 1
        ? `${counted(minutes, 'minute')} ago`
        : hours < 48
          ? `${counted(hours, 'hour')} ago`
          : `${Math.floor(hours / 24)} days ago`;
  return { words, isOld: ageMs >= OLD_MS };
}

const counted = (much: number, unit: string): string => `${much} ${unit}${much === 1 ? '' : 's'}`;

const grown = ({ firstMs, growth, lastMs }: typeof BUSY, times: number): number =>
  Math.min(firstMs * growth ** times, lastMs);
