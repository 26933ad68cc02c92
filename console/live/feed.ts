import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { isLocal } from '../where.ts';
import { awsTime } from './aws-time.ts';
import { isSeenAnew, nextLookMs, untilNextMs } from './cadence.ts';

/** Something of the API as it was seen last: followed while something runs, and asked for by nothing but people else. */
export interface Feed<Value> {
  /** As seen last; undefined before the first answer. */
  value: ReadonlySignal<Value | undefined>;
  /** Why the last look failed; undefined once one succeeds. */
  error: ReadonlySignal<Error | undefined>;
  /** When it was seen last, in milliseconds of the browser's clock. */
  seenAt: ReadonlySignal<number | undefined>;
  /** Looks now. */
  refresh: () => void;
}

interface Looking<Value> {
  /** Reads it; until it was read once, may `show` what it has so far. */
  look: (signal: AbortSignal, show: (value: Value) => void) => Promise<Value>;
  /** Whether something runs that changes by itself. */
  isBusy?: (value: Value) => boolean;
  /** When something begins or ends by itself: instants of AWS's clock, of any time. */
  changesAt?: (value: Value) => readonly string[];
  /** A list of many is followed seldom. */
  isLong?: boolean;
}

interface Kept<Value> extends Feed<Value> {
  watch: () => () => void;
}

const kept = new Map<string, Kept<unknown>>();

/** The feed of a key, looked at when the component appears and as it says. What was seen before is shown at once. */
export function useFeed<Value>(key: string, looking: Looking<Value>): Feed<Value> {
  const feed = useMemo(() => {
    const known = kept.get(key) as Kept<Value> | undefined;
    const found = known ?? newFeed(looking);
    if (!known) kept.set(key, found as Kept<unknown>);
    return found;
  }, [key]);
  useEffect(() => feed.watch(), [feed]);
  return feed;
}

/** The looks of all feeds of the page that is open. */
const watched = new Set<() => void>();

/** Looks at all that the page shows: a person asks for it, or an operation was begun or has ended. */
export function lookAgain(): void {
  for (const look of watched) look();
}

export function newFeed<Value>({
  look,
  isBusy = () => false,
  changesAt = () => [],
  isLong = false,
}: Looking<Value>): Kept<Value> {
  const value = signal<Value | undefined>(undefined);
  const error = signal<Error | undefined>(undefined);
  const seenAt = signal<number | undefined>(undefined);
  let watchers = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let unchanged = 0;
  let failures = 0;
  let tookMs = 0;
  let text = '';
  /** Of a value before, too: what has come is no longer told, and takes a moment. */
  const changes = new Set<string>();

  async function lookNow(): Promise<void> {
    clearTimeout(timer);
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const beganAt = Date.now();
    const ran = runs();
    try {
      const found = await look(mine.signal, (early) => {
        if (!mine.signal.aborted && seenAt.value === undefined) value.value = early;
      });
      if (mine.signal.aborted) return;
      const said = JSON.stringify(found);
      unchanged = said === text ? unchanged + 1 : 0;
      if (said !== text) value.value = found;
      for (const instant of changesAt(found)) changes.add(instant);
      text = said;
      failures = 0;
      error.value = undefined;
      seenAt.value = Date.now();
    } catch (caught) {
      if (mine.signal.aborted) return;
      failures += 1;
      error.value = caught as Error;
    }
    tookMs = Date.now() - beganAt;
    running = undefined;
    plan();
    // What has ended has changed more than what it was seen by.
    if (ran && !runs()) for (const other of watched) if (other !== refresh) other();
  }

  const refresh = () => void lookNow();

  const runs = (): boolean => value.value !== undefined && isBusy(value.value);

  function plan(): void {
    clearTimeout(timer);
    if (watchers === 0 || running) return;
    const changesInMs = untilNextMs(changes, awsTime());
    const dueInMs = nextLookMs({
      isBusy: runs() || changesInMs === 0,
      isLong,
      changesInMs,
      isVisible: document.visibilityState === 'visible',
      unchanged,
      failures,
      tookMs,
      isLocal: isLocal.value,
    });
    if (dueInMs !== undefined) timer = setTimeout(refresh, dueInMs);
  }

  /** A person is there again, or the network is. */
  function onReturn(): void {
    const isThere = document.visibilityState === 'visible' && !running;
    if (isThere && (error.value || isSeenAnew(Date.now() - (seenAt.value ?? 0)))) refresh();
    else plan();
  }

  return {
    value,
    error,
    seenAt,
    refresh,
    watch: () => {
      watchers += 1;
      if (watchers === 1) {
        watched.add(refresh);
        document.addEventListener('visibilitychange', onReturn);
        addEventListener('focus', onReturn);
        addEventListener('online', refresh);
        addEventListener('offline', refresh);
        refresh();
      }
      return () => {
        watchers -= 1;
        if (watchers > 0) return;
        watched.delete(refresh);
        document.removeEventListener('visibilitychange', onReturn);
        removeEventListener('focus', onReturn);
        removeEventListener('online', refresh);
        removeEventListener('offline', refresh);
        clearTimeout(timer);
        running?.abort();
        running = undefined;
      };
    },
  };
}
