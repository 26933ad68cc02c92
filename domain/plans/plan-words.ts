import type { Phase, Verb } from '../changes/change.ts';

/** What each phase of a plan is called for people. */
export const PHASE_TITLES: Record<Phase, string> = {
  prepare: 'Prepared first: nothing is taken away',
  shift: 'Traffic moves',
  release: 'Released last, once the site answers',
};

/** In place of that in the plan of a removal: no site answers after it. */
export const REMOVAL_TITLE = 'Released in this order: viewers are led nowhere first';

const COUNTED: readonly [Verb, string][] = [
  ['create', 'to create'],
  ['update', 'to update'],
  ['adopt', 'to adopt'],
  ['restore', 'to restore'],
  ['delete', 'to delete'],
  ['unmark', 'to keep without our tags'],
  ['keep', 'to keep'],
  ['retain', 'to retain'],
  ['conflict', 'in the way'],
];

/** How many changes of each kind there are: "3 to create", "1 in the way". */
export function counted(changes: readonly { verb: Verb }[]): string[] {
  return COUNTED.flatMap(([verb, words]) => {
    const count = changes.filter((change) => change.verb === verb).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
}
