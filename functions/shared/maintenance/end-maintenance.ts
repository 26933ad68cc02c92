import { forgetAlarm } from '../../../aws/ledger/alarm-sites.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { unscheduleSite } from './schedules.ts';

/**
 * Ends what is asked of the maintenance of a site that has been undone: its schedules are deleted and its alarm is forgotten. Written last, so
 * that another run ends what this one did not.
 */
export async function endMaintenance(ledger: Ledger, site: { domain: string; createdAt: string }): Promise<void> {
  const before = await readMaintenance(ledger, site);
  const { dueAt, alarm, missingAlarm, failover: _, windows, ...rest } = before;
  const arn = alarm?.arn ?? missingAlarm;
  if (dueAt === undefined && arn === undefined && windows.length === 0) return;
  await unscheduleSite(site.domain, windows);
  if (arn !== undefined) await forgetAlarm(ledger, { arn, domain: site.domain });
  await writeMaintenance(ledger, { ...rest, windows: [] }, { over: before });
}
