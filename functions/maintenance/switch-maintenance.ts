import { readEnvironment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readMaintenance } from '../../aws/ledger/maintenance.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { NEWEST } from '../../aws/ledger/read-timeline.ts';
import { needsSwitch } from '../../domain/failover/desired-maintenance.ts';
import type { Maintenance } from '../../domain/failover/maintenance.ts';
import { type MaintenanceRequest, maintenanceRequest } from '../../domain/failover/maintenance-schema.ts';
import { readUntil } from '../../domain/failover/read-window.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { isEndOf, refusedOver } from '../../domain/sites/life/standing.ts';
import { type Answer, locationOf } from '../shared/api/api.ts';
import { refused, settled, tooLate } from '../shared/api/on-site.ts';
import { beginSwitch, writeMaintenanceOver } from '../shared/maintenance/begin-switch.ts';
import { markDue } from '../shared/maintenance/due.ts';
import { failoverOf } from '../shared/maintenance/failover-view.ts';
import { onMaintenance } from '../shared/maintenance/on-maintenance.ts';
import { invalidMaintenance, readRequest } from '../shared/maintenance/read-request.ts';
import { scheduleEnd } from '../shared/maintenance/schedules.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { viewOf } from '../shared/sites/site-view.ts';

/**
 * `PUT /v1/sites/{domain}/maintenance`: leads viewers to the maintenance page of a live site, or back, whatever its windows and its alarm
 * ask for. 202 while the switch runs; 200 where viewers are led there already and the page was seen there, and only the end or the lock was
 * changed.
 */
export const handler = onMaintenance(async ({ ledger, record: { item }, body, key, by, now }) => {
  const asked = readAsked(body, item, now);
  await refuseWhileStopped(readEnvironment(), now);
  const { hold = false } = asked;
  const isMine = (of: SiteItem): boolean =>
    of.maintenance !== undefined && !needsSwitch(maintenanceOf(asked, of, now), of);
  const { over } = await settled(ledger, item, { request: 'switch', key, isMine });
  if (!over) return answered(ledger, item.domain, { status: 202, now });
  if (isEndOf(over, key)) return answered(ledger, item.domain, { status: 200, now });
  const kind = refusedOver('switch', over);
  if (kind) throw refused('switch', over, { kind });
  const maintenance = maintenanceOf(asked, over, now);
  if (maintenance.until !== undefined) await scheduled(ledger, over, maintenance.until);
  const moves =
    needsSwitch(maintenance, over) ||
    (over.reason !== undefined && over.maintenance !== undefined) ||
    (asked.state === 'on' && (await isPageLost(ledger, over)));
  const begin = moves ? beginSwitch : writeMaintenanceOver;
  if (!(await begin(ledger, over, { maintenance, hold, request: key, by, now }))) throw tooLate('switch', over);
  return answered(ledger, item.domain, { status: moves ? 202 : 200, now });
});

function readAsked(body: string, { site }: Pick<SiteItem, 'site'>, now: Date): MaintenanceRequest {
  const asked = readRequest(maintenanceRequest, body, site);
  if (asked.until === undefined) return asked;
  const until = readUntil(asked.until, now);
  if (!(until instanceof Date)) throw invalidMaintenance([until]);
  return { ...asked, until: until.toISOString() };
}

/** What is on stays so since then; "off" again ends what has asked for the page meanwhile. */
function maintenanceOf(
  { hold: _, ...asked }: MaintenanceRequest,
  { maintenance: standing }: SiteItem,
  now: Date,
): Maintenance {
  const at = now.toISOString();
  const since = standing?.state === 'on' && asked.state === 'on' ? standing.since : at;
  const dismissedAt = asked.state === 'off' && asked.until === undefined ? at : standing?.dismissedAt;
  return { ...asked, cause: 'request', since, ...(dismissedAt !== undefined && { dismissedAt }) };
}

/** Whether the page was not what it is to be when it was last looked at: a switch writes it anew, also where viewers are led there already. */
async function isPageLost(ledger: Ledger, item: SiteItem): Promise<boolean> {
  return (await readMaintenance(ledger, item)).page?.isReady === false;
}

/** Its end is seen to by a schedule, and by the sweep where that is lost (failures F5). */
async function scheduled(ledger: Ledger, item: SiteItem, until: string): Promise<void> {
  await markDue(ledger, item, until);
  await scheduleEnd(item.domain, until);
}

async function answered(
  ledger: Ledger,
  domain: string,
  { status, now }: { status: number; now: Date },
): Promise<Answer> {
  const record = await readSite(ledger, domain, { timeline: NEWEST });
  if (!record) throw new Error(`Cannot show "${domain}": the ledger has no such site`);
  const failover = failoverOf(record, await readMaintenance(ledger, record.item), now);
  return {
    status,
    headers: { location: locationOf(domain) },
    body: { ...viewOf(record), ...(failover && { failover }) },
  };
}
