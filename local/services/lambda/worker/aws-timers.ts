import { promisify } from 'node:util';

/** Shorter ones are left to Node: AWS time never leaps while a function does something. */
const LONG_MS = 1_000;

/** The long timers of a thread. */
export interface AwsTimers {
  /** How many keep the thread alive. */
  count(): number;
  /** When the next one is due, in ms of AWS time; undefined when there is none. */
  next(): number | undefined;
  /**
   * Fires those that are due by `until`, in ms of AWS time, in their order. The main thread gives that instant: each thread reads and
   * rounds the clock by itself, and a timer that is not due here by a millisecond would then wait for the wall clock.
   */
  fire(until: number): void;
}

/**
 * Makes this thread's long timers known, so that they can fire where AWS time leaps to: a function that only waits for an
 * answer that doesn't come waits on AWS time, as everything else does. Needs AWS's `Date`.
 */
export function installAwsTimers(): AwsTimers {
  const waiting = new Map<NodeJS.Timeout, { at: number; fire: () => void }>();
  const { setTimeout: set, clearTimeout: clear } = globalThis;

  function setAwsTimeout(act: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): NodeJS.Timeout {
    if (!(ms >= LONG_MS)) return set(act, ms, ...given);
    const fire = (): void => {
      clear(timer);
      waiting.delete(timer);
      act(...given);
    };
    const timer = set(fire, ms);
    waiting.set(timer, { at: Date.now() + ms, fire });
    return timer;
  }

  function clearAwsTimeout(timer: NodeJS.Timeout | string | number | undefined): void {
    waiting.delete(timer as NodeJS.Timeout);
    clear(timer);
  }

  const patient = Object.defineProperty(setAwsTimeout, promisify.custom, { value: promisify(set) });
  Object.assign(globalThis, { setTimeout: patient, clearTimeout: clearAwsTimeout });
  const inOrder = () => [...waiting].map(([timer, due]) => ({ timer, ...due })).sort((a, b) => a.at - b.at);
  return {
    count: () => inOrder().filter(({ timer }) => timer.hasRef()).length,
    next: () => inOrder()[0]?.at,
    fire(until) {
      for (const { at, fire } of inOrder()) if (at <= until) fire();
    },
  };
}
