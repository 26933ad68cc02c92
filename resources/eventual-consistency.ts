import { isNobodys } from '../domain/adoption.ts';
import { Failure } from '../domain/errors.ts';
import type { StepItem } from '../domain/ledger/step-item.ts';
import { waitedMs } from '../domain/ledger/waited.ts';

/**
 * How long EC2 and ELB may not show what was made, in ms: they are eventually consistent. Source: EC2 API, "Eventual
 * consistency" (seconds, in the rule); checked 2026-11-22.
 */
export const UNSEEN_MS = 30_000;

/** How long the tags of what an earlier run of a step has made may be missing: that run may have begun some time before. */
const UNTAGGED_MS = 2 * UNSEEN_MS;

/**
 * Waits for the tags of a thing of our name that an earlier run of this step may have made: without them it looks like a
 * foreign one, to be refused or adopted.
 *
 * @throws {Failure} "NotReady" while AWS may not show them yet
 */
export function awaitTags(
  tags: Readonly<Record<string, string>>,
  {
    what,
    previous,
    ...at
  }: { what: string; previous: Pick<StepItem, 'revision' | 'startedAt'> | undefined; revision: number; now: Date },
): void {
  if (!isNobodys(tags) || previous?.revision !== at.revision || waitedMs(previous, at) > UNTAGGED_MS) return;
  throw new Failure('NotReady', `Waiting until AWS shows the tags of ${what}`);
}
