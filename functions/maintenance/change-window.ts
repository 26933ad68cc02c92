import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { windowRequest } from '../../domain/failover/maintenance-schema.ts';
import { readWindow, shownWindow } from '../../domain/failover/read-window.ts';
import { isAhead, type MaintenanceWindow } from '../../domain/failover/window.ts';
import { minute } from '../../domain/minute.ts';
import { Refusal } from '../shared/api/api.ts';
import { changeMaintenance, withDue } from '../shared/maintenance/due.ts';
import { followNow } from '../shared/maintenance/follow-now.ts';
import { onMaintenance } from '../shared/maintenance/on-maintenance.ts';
import { invalidMaintenance, readRequest } from '../shared/maintenance/read-request.ts';
import { scheduleWindow } from '../shared/maintenance/schedules.ts';
import { noSuchWindow } from '../shared/maintenance/window-not-found.ts';

/** `PUT /v1/sites/{domain}/maintenance/windows/{id}`: other times, or other words. One that has begun may end earlier or later. */
export const handler = onMaintenance(async ({ ledger, record: { item }, body, window: id = '', by, now }) => {
  const { domain } = item;
  const window = readWindow(readRequest(windowRequest, body, item.site), { id, now });
  if (Array.isArray(window)) throw invalidMaintenance(window);
  let found: MaintenanceWindow | undefined;
  await changeMaintenance(ledger, item, (before) => {
    found = before.windows.find((each) => each.id === id);
    if (!found) throw noSuchWindow(domain, id);
    if (!isAhead(found, now))
      throw new Refusal('window-over', `Cannot change the maintenance window "${id}": it is over; declare another one`);
    const windows = before.windows.map((each) => (each.id === id ? window : each));
    return withDue({ ...before, windows }, now.toISOString());
  });
  await scheduleWindow(domain, window, now);
  await followNow(domain, [found, window], now);
  const message = `A maintenance window was changed: ${minute(window.from)} until ${minute(window.until)}`;
  const entry = { id: `window-${id}`, at: now.toISOString(), message };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  return { status: 200, body: shownWindow(window, item, now) };
});
