import type { ResourceType } from '../resources/resource-type.ts';

/** When a change is made: `prepare` takes nothing away, `shift` moves traffic to the new, `release` removes what is no longer desired. */
export const PHASES = ['prepare', 'shift', 'release'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * What is done to one resource. "adopt" takes over what has no owner, "restore" puts it back as it was; "unmark" leaves
 * it as it is and takes our tags off it; "retain" leaves what is
 * no longer desired, for a reason; "conflict" is something foreign in the way: nothing is done to it, and the site stops there.
 */
export const VERBS = [
  'create',
  'update',
  'adopt',
  'restore',
  'delete',
  'unmark',
  'keep',
  'retain',
  'conflict',
] as const;
export type Verb = (typeof VERBS)[number];

/** Those that change something. */
const ACTIVE: readonly Verb[] = ['create', 'update', 'adopt', 'restore', 'delete', 'unmark'];

/** A resource of the account, by the words that the ledger uses for what was made. */
export interface ResourceRef {
  type: ResourceType;
  /** What it is derived from: "shop.example.test", "www.shop.example.test A", "np-0123456789ab". The same before and after it is made. */
  name: string;
  /** What AWS calls it, once it exists. */
  id?: string;
}

/** One change of one resource: what is there, what will be, and why. The unit of plan, apply, undo and drift. */
export interface Change {
  verb: Verb;
  phase: Phase;
  resource: ResourceRef;
  before?: object;
  after?: object;
  /** One sentence for people. No decision reads it, and the checksum does not cover it. */
  message: string;
}

/** A change whose phase its resource decides. */
export type Unphased = Omit<Change, 'phase'>;

/** Whether carrying out the change does anything. */
export function isActive({ verb }: Pick<Change, 'verb'>): boolean {
  return ACTIVE.includes(verb);
}

/** Whether something comes into the account by it that was not there. */
export function isCreated(
  { verb, resource }: Pick<Change, 'verb' | 'resource'>,
  ...types: readonly ResourceType[]
): boolean {
  return verb === 'create' && types.includes(resource.type);
}

/** A resource that stays as it is. */
export function kept(resource: ResourceRef, state: object, message: string): Unphased {
  return { verb: 'keep', resource, before: state, after: state, message };
}

/** Changes of one phase. */
export function inPhase(phase: Phase, changes: readonly Unphased[]): Change[] {
  return changes.map((change) => ({ ...change, phase }));
}

/** Changes in the order in which they are made: all that is prepared, then the shift, then what is released. */
export function byPhase(changes: readonly Change[]): Change[] {
  return PHASES.flatMap((phase) => changes.filter((change) => change.phase === phase));
}

/** What is retained, told in a plan by the sentence that the steps tell it by. */
export function retainedInWords(change: Change): Change {
  const { type, id } = change.resource;
  if (change.verb !== 'retain' || id === undefined) return change;
  return { ...change, message: `Leave the ${type} ${id}: ${change.message}` };
}
