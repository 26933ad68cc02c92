import * as z from 'zod/mini';
import { readEnvironment } from '../../aws/environment.ts';
import type { SiteRecord } from '../../aws/ledger/items.ts';
import { route53Of } from '../../aws/zones/route53-of.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { undoing } from '../../domain/sites/undoing.ts';
import { locationOf, Refusal } from '../api.ts';
import { approvedDeletions } from '../approve-deletions.ts';
import { refuseWhileStopped } from '../kill-switch.ts';
import { onSite, settled } from '../on-site.ts';
import { isEndOf } from '../operations.ts';
import { readJson } from '../read-body.ts';
import { undoRecordChanges } from '../undo-deletions.ts';
import { beginUndo } from '../undoing.ts';

/**
 * `POST /v1/sites/{domain}/undo`: takes back what was made for the site, in reverse. What an undo had to leave standing is
 * tried again by another one. More than goes unasked of a site that was live has to be approved.
 */
export const handler = onSite(async ({ ledger, record, body, key, now }) => {
  const { item } = record;
  const approve = readApproval(body);
  await refuseWhileStopped(readEnvironment(), now);
  const { domain } = item;
  const { over } = await settled(ledger, item, { name: 'undo', key });
  if (!over) return;
  const headers = { location: locationOf(domain) };
  if (over.state === 'undone' && isEndOf(over, key)) return;
  if (over.state === 'undone' && !over.left?.length) {
    throw new Refusal('nothing-to-undo', `Cannot undo "${domain}": nothing of it is left`, { headers });
  }
  const deletes = await deletionsOf({ ...record, item: over }, approve);
  if (!(await beginUndo(ledger, over, { request: key, deletes, now, why: 'it was asked for' }))) {
    const detail = `Cannot undo "${domain}": another request was faster; watch it under its Location`;
    throw new Refusal('operation-running', detail, { headers });
  }
});

/** What the undo may delete. A site that never was live takes back only what it made itself, and shows nobody. */
async function deletionsOf(record: SiteRecord, approve: string | undefined): Promise<string[] | undefined> {
  const { domain, liveAt } = record.item;
  if (liveAt === undefined || isExternal(record.item.site)) return undefined;
  const environment = readEnvironment();
  const stack = environment.stackName;
  const route53 = route53Of(record.item.site, environment);
  return approvedDeletions(route53, await undoRecordChanges(route53, { record, stack }), { domain, stack, approve });
}

function readApproval(body: string): string | undefined {
  if (body.trim() === '') return undefined;
  const parsed = z.safeParse(undoing, readJson(body));
  if (parsed.success) return parsed.data.approve;
  const errors = [
    { pointer: '#/approve', detail: 'Must be the checksum that a refusal has given, and the only field' },
  ];
  throw new Refusal('invalid-parameter', 'Cannot read what is approved: send nothing, or {"approve": "…"}', { errors });
}
