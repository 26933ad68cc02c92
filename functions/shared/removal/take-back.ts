import { readEnvironment } from '../../../aws/environment.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { UndoTarget } from '../../../domain/sites/life/operations.ts';
import { UNDO_REQUESTS } from '../../../domain/sites/life/requests.ts';
import { desiredDocument, isEndOf, isGoingBack, refusedOver, undoTarget } from '../../../domain/sites/life/standing.ts';
import { refused, type SiteRequest, settled, tooLate } from '../api/on-site.ts';
import { refuseWhileStopped } from '../sites/kill-switch.ts';
import { beginUndo } from '../sites/undoing.ts';
import { approvedRemoval } from './approved-removal.ts';
import { askRemoval } from './ask-removal.ts';
import type { RemovalOptions } from './removal-survey.ts';

interface Asked extends RemovalOptions {
  /** Where it leads; left out, what the operation before was decides. */
  to?: UndoTarget | undefined;
  /** The checksum of the list that was approved. */
  approve?: string | undefined;
}

/**
 * Begins to take back what was made for a site, or brings a change that failed back to what was live. More than goes unasked of a site
 * that was live has to be approved, and so has what cannot be removed.
 *
 * @throws {Refusal} where the site cannot be taken back as it stands, or an approval is missing
 */
export async function takeBack(
  { ledger, record, key, by, now }: Omit<SiteRequest, 'body'>,
  { to: asked, approve, ...options }: Asked,
): Promise<void> {
  await refuseWhileStopped(readEnvironment(), now);
  const to = (of: SiteItem) => asked ?? undoTarget(of);
  const isMine = (of: SiteItem): boolean => {
    const desires = desiredDocument(of) !== undefined;
    return to(of) === 'live' ? desires && isGoingBack(of) : !desires;
  };
  const { over } = await settled(ledger, record.item, { request: UNDO_REQUESTS[to(record.item)], key, isMine });
  if (!over || isEndOf(over, key)) return;
  const request = UNDO_REQUESTS[to(over)];
  const kind = refusedOver(request, over);
  if (kind) throw refused(request, over, { kind, lacks: lackedBy(over, to(over)) });
  const begun = { request: key, by, approve, now, why: 'it was asked for', to: to(over) };
  const approved = to(over) === 'live' ? undefined : { ...(await allowed()), ...options };
  if (!(await beginUndo(ledger, over, { ...begun, approved }))) throw tooLate(request, over);

  /** What it may delete and retain. */
  async function allowed() {
    const { inZones, obstacles } = await askRemoval({
      record: { ...record, item: over ?? record.item },
      now,
      ...options,
    });
    if (!inZones && obstacles.length === 0) return {};
    const { domain } = record.item;
    const { deletes, retains } = approvedRemoval(inZones ?? [], { domain, obstacles, approve });
    return { ...(inZones && { deletes }), retains };
  }
}

/** What an undo would need that the site doesn't have, where that is why it is refused. */
function lackedBy(over: SiteItem, to: UndoTarget): string | undefined {
  if (to === 'nothing') return 'nothing of it is left';
  return over.live ? undefined : 'it was never live, or is being taken back';
}
