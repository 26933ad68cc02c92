import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { type Begun, broughtBack, undone } from '../../../domain/sites/life/begin.ts';
import type { UndoTarget } from '../../../domain/sites/life/operations.ts';
import { undoTarget } from '../../../domain/sites/life/standing.ts';
import { writeOver } from '../ledger/write-over.ts';
import { startOperation } from './operations.ts';

interface Undoing extends Begun {
  /** The checksum by which its deletions were approved. */
  approve?: string | undefined;
  why: string;
  /** Where it leads; left out, what the operation before was decides. */
  to?: UndoTarget | undefined;
}

/**
 * Begins to take back what was made for a site, or to bring it back to the document that was live.
 *
 * @returns false when another request has changed the site meanwhile
 */
export async function beginUndo(
  ledger: Ledger,
  over: SiteItem,
  { approve, why, to = undoTarget(over), ...begun }: Undoing,
): Promise<boolean> {
  const item = to === 'live' ? broughtBack(over, begun) : undone(over, begun);
  if (!(await writeOver(ledger, item, { over }))) return false;
  const what = to === 'live' ? 'Going back to what was live' : 'Taking back what was made';
  const message = `${what}: ${why}${approve === undefined ? '' : `; approved by checksum ${approve}`}`;
  const entry = { id: `${item.revision}-undoing`, at: item.updatedAt, message };
  const { by } = begun;
  await writeTimeline(ledger, over.domain, { ...entry, ...(by !== undefined && { by }) });
  await startOperation(item);
  return true;
}
