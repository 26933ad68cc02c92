import { readEnvironment } from '../../aws/environment.ts';
import { listAlerts } from '../../aws/ledger/alerts.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { isTimedId } from '../../domain/care/alert.ts';
import { LISTED_STATES, shownAlert } from '../../domain/care/view.ts';
import { quoted } from '../../domain/names/name-problem.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { OF_A_PAGE } from '../shared/api/known-parameters.ts';
import { limitIn, nextIn, type Query } from '../shared/api/page-query.ts';

/** `GET /v1/alerts`: those that are open, or with `state=resolved` those that were, the newest first, a page at a time; of one tenant with `tenant`. */
export const handler = api(
  async ({ queryStringParameters: query }) => {
    const { items, next } = await listAlerts(openLedger(readEnvironment()), {
      state: stateIn(query),
      limit: limitIn(query, { byDefault: 50, most: 100 }),
      tenant: expectedTenant(query),
      after: nextIn(query, isTimedId),
    });
    return { status: 200, body: { alerts: items.map(shownAlert), ...(next !== undefined && { next }) } };
  },
  { query: [...OF_A_PAGE, 'state'] },
);

function stateIn(query: Query): (typeof LISTED_STATES)[number] {
  const given = query?.['state'] ?? 'open';
  const state = LISTED_STATES.find((each) => each === given);
  if (state) return state;
  throw new Refusal('invalid-parameter', `Cannot use ${quoted(given)} as "state": give "open" or "resolved"`);
}
