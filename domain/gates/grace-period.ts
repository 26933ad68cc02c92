import type { StepItem } from '../ledger/step-item.ts';
import { waitedMs } from '../ledger/waited.ts';

/** How long an edge may take to show everywhere what it was told, and a web server to come back. */
const GRACE_MS = 5 * 60_000;

/** Looks that must have found it all the same: an outage of AWS lets the time pass without any. */
const MIN_LOOKS = 8;

/** For the message, while it lasts. */
export const WHEN_GRACE_ENDS = `The step looks again for ${GRACE_MS / 60_000} minutes, and ${MIN_LOOKS} times at least, before the operation fails`;

/** The looks so far that have found a gate ailing, this one included, while it may still settle; undefined once it had its time. */
export function looksInGrace(
  previous: Pick<StepItem, 'revision' | 'startedAt' | 'looks'> | undefined,
  at: { revision: number; now: Date },
): number | undefined {
  const before = previous?.revision === at.revision ? (previous.looks ?? 0) : 0;
  const looks = Math.min(before + 1, MIN_LOOKS);
  return looks < MIN_LOOKS || waitedMs(previous, at) <= GRACE_MS ? looks : undefined;
}
