/** A resource of ours that an undo or a change did not remove, and why. */
export interface Left {
  type: string;
  id: string;
  why: string;
}
