import type { Change } from '../changes/change.ts';
import type { ResourceType } from '../resources/resource-type.ts';

/** A resource of ours that an undo or a change did not remove, and why. */
export interface Left {
  type: ResourceType;
  id: string;
  why: string;
}

/** What a change retains, and why; nothing of any other change. */
export function retainedBy({ verb, resource: { type, id }, message: why }: Change): Left[] {
  return verb === 'retain' && id !== undefined ? [{ type, id, why }] : [];
}
