import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { listSites } from '../../aws/ledger/list-sites.ts';
import type { SiteList } from '../../domain/sites/view.ts';
import { api } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { OF_A_PAGE } from '../shared/api/known-parameters.ts';
import { limitIn, nextIn } from '../shared/api/page-query.ts';

/** `GET /v1/sites`: the sites by domain, a page at a time (`limit` 1 to 1,000, default 50; `next` from the page before), of one tenant with `tenant`. */
export const handler = api(
  async ({ queryStringParameters: query }) => {
    const list: SiteList = await listSites(openLedger(readEnvironment()), {
      limit: limitIn(query, { byDefault: 50, most: 1_000 }),
      tenant: expectedTenant(query),
      after: nextIn(query, (given) => /^[a-z0-9.-]{1,253}$/.test(given)),
    });
    return { status: 200, body: list };
  },
  { query: OF_A_PAGE },
);
