import { readEnvironment } from '../../aws/environment.ts';
import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { oneLook } from '../../aws/one-look.ts';
import { locationOf, Refusal } from '../shared/api/api.ts';
import { onSite, settled } from '../shared/api/on-site.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { isEndOf, nextOperation, startOperation } from '../shared/sites/operations.ts';
import { takeShare } from '../shared/tenants/take-share.ts';

/**
 * `POST /v1/sites/{domain}/resume`: goes on with the operation that is held or has failed. Its workflow runs anew under
 * the next revision: steps that are done find their work standing and make no mutating call, so that the first one to do
 * anything is the one that failed.
 */
export const handler = onSite(async ({ ledger, record: { item }, key, by, now }) => {
  await refuseWhileStopped(readEnvironment(), now);
  const { domain } = item;
  const { name = 'onboard', ...approved } = item.operation ?? item.last ?? {};
  const { over } = await settled(ledger, item, { verb: 'resume', name, key });
  if (!over) return;
  if (!over.operation && over.state !== 'held' && over.state !== 'failed') {
    if (isEndOf(over, key)) return;
    const detail = `Cannot resume "${domain}": it is "${over.state}", and only a site that is held or has failed can go on`;
    throw new Refusal('nothing-to-resume', detail, { headers: { location: locationOf(domain) } });
  }
  await takeShare(ledger, over.site, { over, makesZone: false, clients: oneLook(), now });
  const next = nextOperation(over, { name, request: key, by, approved, now });
  if (!(await writeOver(ledger, next, { over }))) {
    const detail = `Cannot resume "${domain}": another request was faster; watch it under its Location`;
    throw new Refusal('operation-running', detail, { headers: { location: locationOf(domain) } });
  }
  const at = over.reason ? ` at ${over.reason.step}` : '';
  const entry = { id: `${next.revision}-resumed`, at: next.updatedAt, message: `Resumed${at}` };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  await startOperation(next);
});
