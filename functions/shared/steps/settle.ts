import { Failure } from '../../../domain/errors.ts';
import type { StepItem } from '../../../domain/ledger/step-item.ts';
import { waitedMs } from '../../../domain/ledger/waited.ts';

/** How long an edge may take to show everywhere what it was told, and a web server to come back. */
const GRACE_MS = 5 * 60_000;

/** Looks that must have found it all the same: an outage of AWS lets the time pass without any. */
const MIN_LOOKS = 8;

const WHEN_IT_ENDS = `The step looks again for ${GRACE_MS / 60_000} minutes, and ${MIN_LOOKS} times at least, before the operation fails`;

interface At {
  previous: StepItem<unknown> | undefined;
  revision: number;
  now: Date;
}

/** @throws {Failure} "NotReady", with the message and the looks so far, until it had its time */
export function waitWhileItMaySettle(message: string, { previous, ...at }: At): void {
  const before = previous?.revision === at.revision ? (previous.looks ?? 0) : 0;
  const looks = Math.min(before + 1, MIN_LOOKS);
  if (looks < MIN_LOOKS || waitedMs(previous, at) <= GRACE_MS) {
    throw new Failure('NotReady', `${message}. ${WHEN_IT_ENDS}`, { looks });
  }
}
