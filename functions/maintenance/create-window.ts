import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { windowRequest } from '../../domain/failover/maintenance-schema.ts';
import { MAX_WINDOWS, readWindow, shownWindow } from '../../domain/failover/read-window.ts';
import { isAhead } from '../../domain/failover/window.ts';
import { minute } from '../../domain/minute.ts';
import { desiredDocument } from '../../domain/sites/life/standing.ts';
import { locationOf, Refusal } from '../shared/api/api.ts';
import { refused } from '../shared/api/on-site.ts';
import { changeMaintenance, withDue } from '../shared/maintenance/due.ts';
import { followNow } from '../shared/maintenance/follow-now.ts';
import { onMaintenance } from '../shared/maintenance/on-maintenance.ts';
import { invalidMaintenance, readRequest } from '../shared/maintenance/read-request.ts';
import { scheduleWindow, windowId } from '../shared/maintenance/schedules.ts';

/** `POST /v1/sites/{domain}/maintenance/windows`: the page is on from the start of the window until its end. */
export const handler = onMaintenance(async ({ ledger, record: { item }, body, key, by, request, now }) => {
  const { domain } = item;
  if (!desiredDocument(item)) throw refused('switch', item, { kind: 'not-live' });
  const id = windowId(key ?? request);
  const window = readWindow(readRequest(windowRequest, body, item.site), { id, now });
  if (Array.isArray(window)) throw invalidMaintenance(window);
  await changeMaintenance(ledger, item, (before) => {
    const others = before.windows.filter((each) => each.id !== id);
    if (others.filter((each) => isAhead(each, now)).length >= MAX_WINDOWS) {
      const detail = `Cannot add a maintenance window to "${domain}": it has ${MAX_WINDOWS}; cancel one`;
      throw new Refusal('too-many-windows', detail);
    }
    return withDue({ ...before, windows: [...others, window] }, now.toISOString());
  });
  await scheduleWindow(domain, window, now);
  await followNow(domain, [window], now);
  const message = `A maintenance window was declared: ${minute(window.from)} until ${minute(window.until)}`;
  const entry = { id: `window-${id}`, at: now.toISOString(), message };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  const location = `${locationOf(domain)}/maintenance/windows/${id}`;
  return { status: 201, headers: { location }, body: shownWindow(window, item, now) };
});
