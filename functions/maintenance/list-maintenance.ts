import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { listMaintained } from '../../aws/ledger/list-maintained.ts';
import type { MaintenanceList } from '../../domain/failover/maintenance-view.ts';
import { inOrder, shownWindow } from '../../domain/failover/read-window.ts';
import { api } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { OF_A_PAGE } from '../shared/api/known-parameters.ts';
import { limitIn, nextIn } from '../shared/api/page-query.ts';
import { standingOf } from '../shared/maintenance/failover-view.ts';

/** `GET /v1/maintenance`: where the viewers of each site with a maintenance page are led, and its windows; by domain, a page at a time. */
export const handler = api(
  async ({ queryStringParameters: query }, { now }) => {
    const { sites, ...next } = await listMaintained(openLedger(readEnvironment()), {
      limit: limitIn(query, { byDefault: 50, most: 100 }),
      tenant: expectedTenant(query),
      after: nextIn(query, (given) => /^[a-z0-9.-]{1,253}$/.test(given)),
    });
    const body: MaintenanceList = {
      sites: sites.map(({ item, maintenance }) => ({
        domain: item.domain,
        ...(item.site.tenant !== undefined && { tenant: item.site.tenant }),
        state: item.state,
        ...standingOf(item, maintenance, now),
        windows: inOrder(maintenance.windows).map((window) => shownWindow(window, item, now)),
      })),
      ...next,
    };
    return { status: 200, body };
  },
  { query: OF_A_PAGE },
);
