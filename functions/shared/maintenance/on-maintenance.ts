import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { type Answer, api, locationOf, Refusal } from '../api/api.ts';
import { once } from '../api/idempotency.ts';
import { keyedBody } from '../api/on-site.ts';
import { readBody } from '../api/read-body.ts';
import { siteOf } from '../api/site-of.ts';

/** What a request about the maintenance of a site works with. */
export interface MaintenanceRequestContext {
  ledger: Ledger;
  record: SiteRecord;
  /** The body as it came. */
  body: string;
  /** The caller's Idempotency-Key, hashed. */
  key: string | undefined;
  by: string | undefined;
  /** The id of the request, and of the window in its path where it names one. */
  request: string;
  window: string | undefined;
  now: Date;
  /** Milliseconds until Lambda ends the function. */
  remaining: () => number;
}

/** A request that changes the maintenance of a site that has a page, answered once for its Idempotency-Key. */
export function onMaintenance(
  act: (request: MaintenanceRequestContext) => Promise<Answer>,
): (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  return api(async (event, { now, by, remaining }) => {
    const body = readBody(event);
    const window = event.pathParameters?.['id'];
    const keyed = `${keyedBody(event, body)} ${window ?? ''}`;
    return once({ event, body: keyed, now, remaining }, async (key, ledger) => {
      const record = await siteOf(event, ledger);
      refuseWithoutPage(record);
      const request = event.requestContext.requestId;
      return act({ ledger, record, body, key, by, request, window, now, remaining });
    });
  });
}

/** @throws {Refusal} "no-failover" for a site that has no maintenance page */
export function refuseWithoutPage({ item: { domain, site } }: SiteRecord): void {
  if (site.failover) return;
  const detail = `Cannot maintain "${domain}": it has no maintenance page; declare it with "failover": {}`;
  throw new Refusal('no-failover', detail, { headers: { location: locationOf(domain) } });
}
