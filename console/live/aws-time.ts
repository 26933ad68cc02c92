import { signal } from '@preact/signals';

const TICK_MS = 1_000;

/** How far AWS's clock is ahead of the browser's, as the last answer had it: the local AWS speeds its own up. */
let aheadMs = 0;

/** What AWS's clock shows, to the second; stands still while nobody looks. */
export const awsNow = signal(new Date());

/** Takes in the Date header of an answer. */
export function heardAt(date: string | null): void {
  const at = date === null ? Number.NaN : Date.parse(date);
  // A second is what the header is exact to.
  if (Number.isFinite(at) && Math.abs(at - Date.now() - aheadMs) > TICK_MS) aheadMs = at - Date.now();
  tick();
}

/** What AWS's clock shows now, to the millisecond. */
export const awsTime = (): Date => new Date(Date.now() + aheadMs);

function tick(): void {
  awsNow.value = awsTime();
}

setInterval(() => {
  if (document.visibilityState === 'visible') tick();
}, TICK_MS);
