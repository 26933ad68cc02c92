import { readEnvironment } from '../../aws/environment.ts';
import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { oneLook } from '../../aws/one-look.ts';
import { resumed } from '../../domain/sites/life/begin.ts';
import { isEndOf, refusedOver } from '../../domain/sites/life/standing.ts';
import { onSite, refused, settled, tooLate } from '../shared/api/on-site.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { startOperation } from '../shared/sites/operations.ts';
import { accountLimits } from '../shared/tenants/account-limits.ts';
import { takeShare } from '../shared/tenants/take-share.ts';

/**
 * `POST /v1/sites/{domain}/resume`: goes on with the operation that is held or has failed. Its workflow runs anew under
 * the next revision: steps that are done find their work standing and make no mutating call, so that the first one to do
 * anything is the one that failed.
 */
export const handler = onSite(async ({ ledger, record: { item }, key, by, now }) => {
  await refuseWhileStopped(readEnvironment(), now);
  const { domain } = item;
  // Whichever operation never started is what a resume goes on with.
  const { over } = await settled(ledger, item, { request: 'resume', key, isMine: () => true });
  if (!over || isEndOf(over, key)) return;
  const kind = refusedOver('resume', over);
  if (kind) throw refused('resume', over, { kind });
  await takeShare(ledger, over.site, {
    over,
    makesZone: false,
    granted: (quotas) => accountLimits(oneLook(), quotas),
    now,
  });
  const next = resumed(over, { request: key, by, now });
  if (!(await writeOver(ledger, next, { over }))) throw tooLate('resume', over);
  const at = over.reason ? ` at ${over.reason.step}` : '';
  const entry = { id: `${next.revision}-resumed`, at: next.updatedAt, message: `Resumed${at}` };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  await startOperation(next);
});
