import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { formerNames } from '../../../domain/sites/former-names.ts';
import { type WayBack, wayBack } from '../../../domain/sites/way-back.ts';
import { writeOver } from '../ledger/write-over.ts';
import { nextOperation, startOperation } from './operations.ts';

interface Undoing {
  request?: string | undefined;
  /** The caller's ARN, where a request asked for it. */
  by?: string | undefined;
  /** The checksum by which its deletions were approved. */
  approve?: string | undefined;
  /** What an undo to nothing may delete and retain, when it was judged. */
  approved?: Parameters<typeof nextOperation>[1]['approved'];
  now: Date;
  why: string;
  /** Where it leads; left out, what the operation before was decides. */
  to?: WayBack | undefined;
}

/**
 * Begins to take back what was made for a site, or to bring it back to the document that was live. A reason that is given
 * stays with it: why nothing is left of the site, or why it goes back; why an undo before this one failed is none.
 *
 * @returns false when another request has changed the site meanwhile
 */
export async function beginUndo(
  ledger: Ledger,
  over: SiteItem,
  { request, by, approve, approved, now, why, to = wayBack(over) }: Undoing,
): Promise<boolean> {
  const begun =
    to === 'live' ? backToLive(over, { request, by, now }) : toNothing(over, { request, by, approved, now });
  const item: SiteItem = { ...begun, ...(over.reason && over.last?.name !== 'undo' && { reason: over.reason }) };
  if (!(await writeOver(ledger, item, { over }))) return false;
  const what = to === 'live' ? 'Going back to what was live' : 'Taking back what was made';
  const message = `${what}: ${why}${approve === undefined ? '' : `; approved by checksum ${approve}`}`;
  const entry = { id: `${item.revision}-undoing`, at: item.updatedAt, message };
  await writeTimeline(ledger, over.domain, { ...entry, ...(by !== undefined && { by }) });
  await startOperation(item);
  return true;
}

type Asked = Pick<Undoing, 'request' | 'by' | 'approved' | 'now'>;

function toNothing(over: SiteItem, asked: Asked): SiteItem {
  const { left: _, live, ...item } = nextOperation(over, { name: 'undo', ...asked });
  const former = live
    ? formerNames(over.site, { site: live, ...(over.former && { former: over.former }) })
    : over.former;
  return { ...item, ...(former?.length && { former }) };
}

/** A change like any other, to a document that is known to have been live. */
function backToLive(over: SiteItem, asked: Asked): SiteItem {
  const { left: _, former: __, ...item } = nextOperation(over, { name: 'change', ...asked });
  const site = over.live ?? over.site;
  const former = formerNames(site, over);
  return { ...item, site, ...(former.length > 0 && { former }) };
}
