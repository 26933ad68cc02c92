import { readAlerts } from '../../../aws/ledger/alerts.ts';
import { writeCertificates } from '../../../aws/ledger/certificates.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { settle } from '../../../domain/care/settle.ts';
import { desiredDocument } from '../../../domain/sites/life/standing.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import { type LookingAround, lookAround } from './look-around.ts';
import { tell, writeAndTell } from './tell-alert.ts';

/**
 * Looks at a site that was live once, and tells people what stands and what no longer does. It may be called twice, late or at the same
 * time: each alert is written over the one that was read, and told by who has written it.
 */
export async function careFor(domain: string, around: Omit<LookingAround, 'record'>): Promise<void> {
  const { ledger, now } = around;
  const record = await readSite(ledger, domain);
  if (!record) return;
  const { item } = record;
  const alerts = await Promise.all((await readAlerts(ledger, domain)).map((alert) => tell(around, alert)));
  const isGone = !isDeclared(item);
  // On its way to being live, or to being gone: its operation tells what there is to tell.
  if (!isGone && (item.live === undefined || !desiredDocument(item))) return;
  const { found, certificates } = isGone
    ? { found: { concerns: [], unseen: [] }, certificates: [] }
    : await lookAround({ ...around, record });
  for (const alert of settle(alerts, found, { item, now })) await writeAndTell(around, alert);
  if (certificates) await writeCertificates(ledger, domain, certificates);
}
