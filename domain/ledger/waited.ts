import type { StepItem } from './step-item.ts';

/** How long a step of this revision has been at it, all its runs together. */
export function waitedMs(
  previous: Pick<StepItem, 'revision' | 'startedAt'> | undefined,
  { revision, now }: { revision: number; now: Date },
): number {
  return previous?.revision === revision ? now.getTime() - new Date(previous.startedAt).getTime() : 0;
}
