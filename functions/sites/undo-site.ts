import { readEnvironment } from '../../aws/environment.ts';
import { locationOf, Refusal } from '../api.ts';
import { refuseWhileStopped } from '../kill-switch.ts';
import { onSite, settled } from '../on-site.ts';
import { beginUndo } from '../undoing.ts';

/**
 * `POST /v1/sites/{domain}/undo`: takes back what was made for the site, in reverse. What an undo had to leave standing is
 * tried again by another one.
 */
export const handler = onSite(async ({ ledger, record: { item }, key, now }) => {
  await refuseWhileStopped(readEnvironment(), now);
  const { domain } = item;
  const { over } = await settled(ledger, item, { name: 'undo', key });
  if (!over) return;
  const headers = { location: locationOf(domain) };
  if (over.state === 'undone' && !over.left?.length) {
    throw new Refusal('nothing-to-undo', `Cannot undo "${domain}": nothing of it is left`, { headers });
  }
  if (!(await beginUndo(ledger, over, { request: key, now, why: 'it was asked for' }))) {
    const detail = `Cannot undo "${domain}": another request was faster; watch it under its Location`;
    throw new Refusal('operation-running', detail, { headers });
  }
});
