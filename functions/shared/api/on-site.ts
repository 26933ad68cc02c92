import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { ProblemKind } from '../../../domain/problems/problem.ts';
import { cannot, refusalInWords } from '../../../domain/sites/life/advice.ts';
import type { RequestName } from '../../../domain/sites/life/requests.ts';
import { operationStatus, startOperation } from '../sites/operations.ts';
import { viewOf } from '../sites/site-view.ts';
import { type Answer, api, locationOf, Refusal, type RequestContext } from './api.ts';
import { expectedTenant } from './expected-tenant.ts';
import { once } from './idempotency.ts';
import { readBody } from './read-body.ts';
import { siteOf } from './site-of.ts';
import { domainOf } from './site-path.ts';

/** What a request about a site that stands works with. */
export interface SiteRequest {
  ledger: Ledger;
  record: SiteRecord;
  /** The body as it came; empty is fine. */
  body: string;
  /** The caller's Idempotency-Key, hashed. */
  key: string | undefined;
  /** The caller's ARN. */
  by: string | undefined;
  now: Date;
}

/** `POST /v1/sites/{domain}/…`: does something with a site that stands, and answers 202 with how it stands then. */
export function onSite(
  act: (request: SiteRequest) => Promise<void>,
): (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  return api((event, context) => actOnSite(event, context, act));
}

/** The same as a part of a function that answers other requests too. */
export function actOnSite(
  event: APIGatewayProxyEventV2,
  { now, by, remaining }: RequestContext,
  act: (request: SiteRequest) => Promise<void>,
): Promise<Answer> {
  const body = readBody(event);
  return once({ event, body: keyedBody(event, body), now, remaining }, async (key, ledger) => {
    const record = await siteOf(event, ledger);
    await act({ ledger, record, body, key, by, now });
    const after = await readSite(ledger, record.item.domain, { timeline: NEWEST });
    if (!after) throw new Error(`Cannot show "${record.item.domain}": the ledger has no such site`);
    return { status: 202, headers: { location: locationOf(record.item.domain) }, body: viewOf(after) };
  });
}

/**
 * What an Idempotency-Key belongs to: that of one request is none for another route, site or expected tenant, although the
 * bodies may be equal.
 */
export function keyedBody(event: APIGatewayProxyEventV2, body: string): string {
  const tenant = expectedTenant(event.queryStringParameters);
  return `${event.routeKey} ${domainOf(event).domain}${tenant === undefined ? '' : ` ${tenant}`}\n${body}`;
}

interface Asked {
  request: RequestName;
  /** The caller's Idempotency-Key, hashed. */
  key: string | undefined;
  /** Whether an operation that never started is what is asked for. */
  isMine: (item: SiteItem) => boolean;
}

/**
 * Whether an operation may begin over what stands: `over` is what it is written over; undefined when this very request has
 * begun it before. An operation whose workflow was never started, because the request died, is started now.
 *
 * @throws {Refusal} "operation-running" for an operation that somebody else asked for
 */
export async function settled(
  ledger: Ledger,
  item: SiteItem,
  { request, key, isMine }: Asked,
): Promise<{ over?: SiteItem }> {
  const { operation } = item;
  if (!operation) return { over: item };
  const status = await operationStatus(operation);
  if (status === 'ended') {
    const after = (await readSiteItem(ledger, item.domain)) ?? item;
    // Aborted or timed out, a workflow cannot say so itself: its operation has ended all the same.
    return after.operation?.execution === operation.execution
      ? { over: after }
      : settled(ledger, after, { request, key, isMine });
  }
  if (status === 'missing') await startOperation(item);
  const mine = key !== undefined && operation.request === key;
  if (mine || (status === 'missing' && isMine(item))) return {};
  throw refused(request, item, { kind: 'operation-running' });
}

/** The refusal of a request for a site in its state; `lacks` says what the site doesn't have for it. */
export function refused(
  request: RequestName,
  item: SiteItem,
  { kind, lacks }: { kind: ProblemKind; lacks?: string | undefined },
): Refusal {
  const headers = { location: locationOf(item.domain) };
  return new Refusal(kind, refusalInWords(request, item, lacks), { headers });
}

/** The refusal of a request because another one has changed the site meanwhile. */
export function tooLate(request: RequestName, { domain }: Pick<SiteItem, 'domain'>): Refusal {
  const detail = `${cannot(request, domain)}: another request was faster; wait until what it began has ended`;
  return new Refusal('operation-running', detail, { headers: { location: locationOf(domain) } });
}
