import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import type { EndedOperation, Operation } from '../../../domain/ledger/operation.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { failed } from '../../../domain/sites/life/end.ts';
import type { FailureReason } from '../../../domain/sites/reason.ts';
import { writeOver } from '../ledger/write-over.ts';
import { stopSteps } from '../steps/stop-steps.ts';

/**
 * Ends the site's operation in the ledger and holds the site where it stands: from then on the operation's workers are
 * refused, whatever becomes of its workflow.
 *
 * @returns the operation as it ended; undefined when another request has changed the site meanwhile
 */
export async function holdSite(
  ledger: Ledger,
  record: SiteRecord,
  { operation, reason, by, now }: { operation: Operation; reason: FailureReason; by?: string | undefined; now: Date },
): Promise<EndedOperation | undefined> {
  const held = failed({ ...record.item, operation }, { reason, isUndone: false, now });
  if (!(await writeOver(ledger, held, { over: record.item }))) return undefined;
  await stopSteps(ledger, record, { reason, now });
  const message = `${reason.error === 'Cancelled' ? 'Cancelled' : 'Failed'} at ${reason.step}`;
  const entry = { id: `${held.revision}-held`, at: held.updatedAt, message, ...(by !== undefined && { by }) };
  await writeTimeline(ledger, held.domain, entry);
  return held.last;
}
