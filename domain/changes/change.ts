import type { ResourceType } from '../resources/resource-type.ts';

/** What is done to one thing. A conflict is something foreign in the way: nothing is done to it, and the site stops there. */
export const VERBS = ['create', 'update', 'delete', 'keep', 'conflict'] as const;

export type Verb = (typeof VERBS)[number];

/** A thing in the account, by the words that the ledger uses for what was made. */
export interface Target {
  type: ResourceType;
  /** What people call it: "shop.example.test", "www.shop.example.test A", "np-0123456789ab". */
  name: string;
  /** What AWS calls it, once it stands. */
  id?: string;
}

/** One change of the world: what stands there, what will, and why. The unit of plan, apply and undo. */
export interface Change {
  verb: Verb;
  target: Target;
  before?: object;
  after?: object;
  /** One sentence for people. No part of what the checksum covers. */
  message: string;
}

/** Whether carrying out the change does anything. */
export function isActive({ verb }: Pick<Change, 'verb'>): boolean {
  return verb === 'create' || verb === 'update' || verb === 'delete';
}

/** A thing that stays as it is. */
export function kept(target: Target, state: object, message: string): Change {
  return { verb: 'keep', target, before: state, after: state, message };
}
