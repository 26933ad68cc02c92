/** What the parameter says while changes are made. Whatever else it says counts as "stopped". */
export const ALLOWED = 'allowed';
export const STOPPED = 'stopped';

/**
 * Why nothing may be changed now; undefined while the parameter says "allowed". An unknown word stops as well: a
 * slip of the hand in an emergency must not leave the changes going.
 */
export function whyStopped(parameter: string, value: string | undefined): string | undefined {
  if (value === ALLOWED) return undefined;
  if (value === undefined) return `All changes are stopped: there is no parameter "${parameter}"`;
  const said = value === STOPPED ? `is "${STOPPED}"` : `is neither "${ALLOWED}" nor "${STOPPED}"`;
  return `All changes are stopped: the parameter "${parameter}" ${said}`;
}
