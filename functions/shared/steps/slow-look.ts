import type { StepContext } from './step.ts';

/**
 * Whether a step has waited before in this operation. The first look comes right after what it waits by was made or checked;
 * a later one reads that again.
 */
export function isSlowLook({ record, previous }: Pick<StepContext, 'record' | 'previous'>): boolean {
  return previous?.revision === record.item.revision && previous.state === 'waiting';
}
