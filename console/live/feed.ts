import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { isLocal } from '../where.ts';
import { nextLookMs } from './cadence.ts';

/** Something of the API that is kept up to date while it is looked at. */
export interface Feed<Value> {
  /** As seen last; undefined before the first answer. */
  value: ReadonlySignal<Value | undefined>;
  /** Why the last look failed; undefined once one succeeds. */
  error: ReadonlySignal<Error | undefined>;
  /** When it was seen last, in milliseconds of the browser's clock, and in how many it is looked at again. */
  seen: ReadonlySignal<{ at: number | undefined; dueInMs: number | undefined }>;
  /** Looks now: after a change. */
  refresh: () => void;
}

interface Looking<Value> {
  /** Reads it; until it was read once, may `show` what it has so far. */
  look: (signal: AbortSignal, show: (value: Value) => void) => Promise<Value>;
  /** Whether something runs that changes by itself. */
  isBusy?: (value: Value) => boolean;
}

interface Kept<Value> extends Feed<Value> {
  watch: () => () => void;
}

const kept = new Map<string, Kept<unknown>>();

/** The feed of a key, looked at for as long as the component is there. What was seen before is shown at once. */
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

function newFeed<Value>({ look, isBusy = () => false }: Looking<Value>): Kept<Value> {
  const value = signal<Value | undefined>(undefined);
  const error = signal<Error | undefined>(undefined);
  const seen = signal<{ at: number | undefined; dueInMs: number | undefined }>({ at: undefined, dueInMs: undefined });
  let watchers = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let unchanged = 0;
  let failures = 0;
  let tookMs = 0;
  let text = '';

  async function lookNow(): Promise<void> {
    clearTimeout(timer);
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const beganAt = Date.now();
    try {
      const found = await look(mine.signal, (early) => {
        if (!mine.signal.aborted && seen.value.at === undefined) value.value = early;
      });
      if (mine.signal.aborted) return;
      const said = JSON.stringify(found);
      unchanged = said === text ? unchanged + 1 : 0;
      if (said !== text) value.value = found;
      text = said;
      failures = 0;
      error.value = undefined;
      seen.value = { at: Date.now(), dueInMs: undefined };
    } catch (caught) {
      if (mine.signal.aborted) return;
      failures += 1;
      error.value = caught as Error;
    }
    tookMs = Date.now() - beganAt;
    running = undefined;
    plan();
  }

  function plan(): void {
    clearTimeout(timer);
    if (watchers === 0 || running) return;
    const busy = value.value !== undefined && isBusy(value.value);
    const isVisible = document.visibilityState === 'visible';
    const dueInMs = nextLookMs({ isBusy: busy, isVisible, unchanged, failures, tookMs, isLocal: isLocal.value });
    seen.value = { ...seen.value, dueInMs };
    if (dueInMs !== undefined) timer = setTimeout(() => void lookNow(), dueInMs);
  }

  /** A page that is seen again after a while is looked at now. */
  function onVisible(): void {
    if (document.visibilityState === 'visible') void lookNow();
    else plan();
  }

  return {
    value,
    error,
    seen,
    refresh: () => void lookNow(),
    watch: () => {
      watchers += 1;
      if (watchers === 1) {
        document.addEventListener('visibilitychange', onVisible);
        addEventListener('online', onVisible);
        void lookNow();
      }
      return () => {
        watchers -= 1;
        if (watchers > 0) return;
        document.removeEventListener('visibilitychange', onVisible);
        removeEventListener('online', onVisible);
        clearTimeout(timer);
        running?.abort();
        running = undefined;
      };
    },
  };
}
