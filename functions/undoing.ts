import type { SiteItem } from '../aws/ledger/items.ts';
import type { Ledger } from '../aws/ledger/ledger.ts';
import { writeTimeline } from '../aws/ledger/write-timeline.ts';
import { nextOperation, startOperation } from './operations.ts';
import { writeOver } from './write-over.ts';

/**
 * Begins to take back what was made for a site. The reason that the site has stays with it: why nothing is left of it. Why
 * an undo before this one failed is none.
 *
 * @returns false when somebody else has changed the site meanwhile
 */
export async function beginUndo(
  ledger: Ledger,
  over: SiteItem,
  {
    request,
    deletes,
    now,
    why,
  }: { request?: string | undefined; deletes?: string[] | undefined; now: Date; why: string },
): Promise<boolean> {
  const { left: _, ...next } = nextOperation(over, { name: 'undo', request, deletes, now });
  const item: SiteItem = { ...next, ...(over.reason && over.last?.name !== 'undo' && { reason: over.reason }) };
  if (!(await writeOver(ledger, item, { over }))) return false;
  const entry = { id: `${item.revision}-undoing`, at: item.updatedAt, message: `Taking back what was made: ${why}` };
  await writeTimeline(ledger, over.domain, entry);
  await startOperation(item);
  return true;
}
