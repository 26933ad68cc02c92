import { type Change, isCreated } from '../changes/change.ts';

/** How many names the certificates have that the changes request so that their private key may leave ACM. */
export function exportableNames(changes: readonly Change[]): number {
  let count = 0;
  for (const change of changes) {
    if (!isCreated(change, 'certificate')) continue;
    const { exportable, names = [] } = (change.after ?? {}) as { exportable?: boolean; names?: readonly string[] };
    if (exportable) count += names.length;
  }
  return count;
}
