import { LambdaClient } from '@aws-sdk/client-lambda';
import { client } from '../../../aws/clients.ts';
import { readRepairFunction } from '../../../aws/environment.ts';
import { sendEvent } from '../../../aws/functions/send-event.ts';
import { writeAlert } from '../../../aws/ledger/alerts.ts';
import { writeCertificates } from '../../../aws/ledger/certificates.ts';
import { writeLook } from '../../../aws/ledger/looks.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import type { Alert } from '../../../domain/care/alert.ts';
import { FAILOVER_AREAS } from '../../../domain/care/failover-concerns.ts';
import { type RepairOrder, repairOf } from '../../../domain/care/repair.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { desiredDocument } from '../../../domain/sites/life/standing.ts';
import { isDeclared, isLive } from '../../../domain/sites/life/states.ts';
import { type LookingAround, lookAround } from './look-around.ts';
import { alertsBefore, settleAlerts } from './settle-alerts.ts';

type Around = Omit<LookingAround, 'record'>;

/**
 * Looks at a site that was live once, and tells people what stands and what no longer does. It may be called twice, late or at the same
 * time: each alert is written over the one that was read, and told by who has written it.
 */
export async function careFor(domain: string, around: Around): Promise<void> {
  const { ledger, now } = around;
  const record = await readSite(ledger, domain);
  if (!record) return;
  const { item } = record;
  const before = await alertsBefore(around, domain, now);
  const isGone = !isDeclared(item);
  // On its way to being live, or to being gone: its operation tells what there is to tell.
  if (!isGone && (item.live === undefined || !desiredDocument(item))) return;
  const { found, certificates, probes } = isGone
    ? { found: { concerns: [], unseen: [] }, certificates: [], probes: [] }
    : await lookAround({ ...around, record });
  // The hourly look at its failover judges these.
  const unseen = !isGone && item.site.failover ? [...found.unseen, ...FAILOVER_AREAS] : found.unseen;
  const standing = await settleAlerts(around, { before, found: { ...found, unseen }, item, now });
  if (certificates) await writeCertificates(ledger, domain, certificates);
  if (!isGone) await writeLook(ledger, domain, { siteCreatedAt: item.createdAt, at: now.toISOString(), probes });
  if (isLive(item)) await repair(standing, around, item);
}

/** Has what is ours and missing put back by a function of its own, which has the rights for it. */
async function repair(alerts: readonly Alert[], { ledger, now }: Around, { domain, site }: SiteItem): Promise<void> {
  const { kinds, alerts: due } = repairOf(alerts, site, now);
  if (kinds.length === 0) return;
  const marked = due.map((alert) => writeAlert(ledger, { ...alert, repairedAt: now.toISOString() }));
  // Another look has begun it.
  if ((await Promise.all(marked)).includes(false)) return;
  await sendEvent(client(LambdaClient), readRepairFunction(), { domain, kinds } satisfies RepairOrder);
}
