import type { Change } from '../../../domain/changes/change.ts';
import { Refusal } from '../api/api.ts';

/**
 * Lets nothing begin where something foreign is in the way.
 *
 * @throws {Refusal} of the kind given, with every conflict
 */
export function refuseConflicts(
  changes: readonly Change[],
  kind: 'in-the-way' | 'plan-conflicts',
  { pointerTo, cannot, next }: { pointerTo: (change: Change) => string; cannot: string; next: string },
): void {
  const conflicts = changes.filter(({ verb }) => verb === 'conflict');
  if (conflicts.length === 0) return;
  const errors = conflicts.map((change) => ({ pointer: pointerTo(change), detail: change.message }));
  throw new Refusal(kind, `${cannot}: something foreign is in the way. Do as each says, then ${next}`, { errors });
}
