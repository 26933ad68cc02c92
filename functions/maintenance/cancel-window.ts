import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import type { MaintenanceWindow } from '../../domain/failover/window.ts';
import { changeMaintenance, withDue } from '../shared/maintenance/due.ts';
import { followNow } from '../shared/maintenance/follow-now.ts';
import { onMaintenance } from '../shared/maintenance/on-maintenance.ts';
import { unscheduleWindow } from '../shared/maintenance/schedules.ts';
import { noSuchWindow } from '../shared/maintenance/window-not-found.ts';

/** `DELETE /v1/sites/{domain}/maintenance/windows/{id}`: the window does not begin, or ends now. */
export const handler = onMaintenance(async ({ ledger, record: { item }, window: id = '', by, now }) => {
  const { domain } = item;
  let found: MaintenanceWindow | undefined;
  await changeMaintenance(ledger, item, (before) => {
    found = before.windows.find((each) => each.id === id);
    if (!found) throw noSuchWindow(domain, id);
    const windows = before.windows.filter((each) => each.id !== id);
    return withDue({ ...before, windows }, now.toISOString());
  });
  await unscheduleWindow(domain, id);
  await followNow(domain, [found], now);
  const entry = { id: `window-${id}`, at: now.toISOString(), message: 'A maintenance window was cancelled' };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  return { status: 200, body: { id } };
});
