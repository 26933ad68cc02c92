import type { ResourceType } from '../resources/resource-type.ts';

/** A resource of ours that an undo or a change did not remove, and why. */
export interface Left {
  type: ResourceType;
  id: string;
  why: string;
}
