import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readMaintenance } from '../../aws/ledger/maintenance.ts';
import { inOrder, shownWindow } from '../../domain/failover/read-window.ts';
import { api } from '../shared/api/api.ts';
import { siteOf } from '../shared/api/site-of.ts';

/** `GET /v1/sites/{domain}/maintenance/windows`: the windows of a site by when they begin, those that are over for a week. */
export const handler = api(async (event, { now }) => {
  const ledger = openLedger(readEnvironment());
  const { item } = await siteOf(event, ledger);
  const { windows } = await readMaintenance(ledger, item);
  return { status: 200, body: { windows: inOrder(windows).map((window) => shownWindow(window, item, now)) } };
});
