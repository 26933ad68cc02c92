import * as z from 'zod/mini';
import { readEnvironment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSiteItem } from '../../aws/ledger/read-site.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { cancellation } from '../../domain/sites/cancellation.ts';
import { undoTarget, wasCancelled } from '../../domain/sites/life/standing.ts';
import { cancelledReason } from '../../domain/sites/reason.ts';
import { Refusal } from '../shared/api/api.ts';
import { onSite, refused } from '../shared/api/on-site.ts';
import { readJson } from '../shared/api/read-body.ts';
import { holdSite } from '../shared/sites/hold-site.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { startOperation, stopOperation } from '../shared/sites/operations.ts';
import { beginUndo } from '../shared/sites/undoing.ts';
import { stopSteps } from '../shared/steps/stop-steps.ts';

/**
 * `POST /v1/sites/{domain}/cancel`: stops the operation that runs and holds the site where it stands, or goes on to undo it
 * when the body says `{ "then": "undo" }`. The operation ends in the ledger first, under a condition: from then on its
 * workers are refused, whatever becomes of the workflow.
 */
export const handler = onSite(async ({ ledger, record, body, key, by, now }) => {
  const then = readThen(body);
  // Holding is what a stop is for; only taking back would change something.
  if (then === 'undo') await refuseWhileStopped(readEnvironment(), now);
  const { domain } = record.item;
  // The undo that this very request has begun, or the way back to what was live, is not what it is to stop.
  if (isBegunBy(record.item, key)) return startOperation(record.item);
  // A request that died between the ledger and the workflow is finished by the next one.
  const stopped = await endOperation(ledger, record, { by, now });
  if (!stopped) {
    throw refused('cancel', record.item, { kind: 'nothing-to-cancel' });
  }
  await stopOperation(stopped);
  if (then === 'hold') return;
  const held = await readSiteItem(ledger, domain);
  if (!held || held.operation) return;
  await beginUndo(ledger, held, { request: key, by, now, why: 'it was cancelled' });
});

function isBegunBy({ operation }: SiteItem, key: string | undefined): boolean {
  return key !== undefined && operation?.request === key;
}

function readThen(body: string): 'hold' | 'undo' {
  if (body.trim() === '') return 'hold';
  const parsed = z.safeParse(cancellation, readJson(body));
  if (parsed.success) return parsed.data.then;
  const errors = [{ pointer: '#/then', detail: 'Must be "hold" or "undo", and the only field' }];
  throw new Refusal('invalid-parameter', 'Cannot read what is to follow: send nothing, or {"then": "undo"}', {
    errors,
  });
}

/** The operation that has ended by this request, or by one like it; undefined when there is none. */
async function endOperation(ledger: Ledger, record: SiteRecord, { by, now }: { by: string | undefined; now: Date }) {
  const { operation, ...site } = record.item;
  if (!operation) {
    if (!site.reason || !wasCancelled(site)) return undefined;
    await stopSteps(ledger, record, { reason: site.reason, now });
    return site.last;
  }
  const steps = record.steps.filter(({ revision }) => revision === site.revision);
  const reason = cancelledReason({ steps, to: undoTarget(record.item) });
  return holdSite(ledger, record, { operation, reason, by, now });
}
