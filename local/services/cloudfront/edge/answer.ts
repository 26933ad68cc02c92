import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { ChosenOrigin } from '../functions/viewer-request.ts';
import type { Errand } from '../origin/errand.ts';
import { fetchForBehavior } from '../origin/failover.ts';
import { OriginFailure } from '../origin/failure.ts';
import type { Fetched } from '../origin/fetch.ts';
import { requestPolicyOf } from '../policies/request-policy.ts';
import { behaviorFor } from './behavior.ts';
import type { CachedAnswer } from './cache.ts';
import { cacheKeyOf, secondsToKeep, secondsToKeepError } from './cache-rules.ts';
import type { Served } from './edge-location.ts';
import { type Exchange, targetOf } from './exchange.ts';
import { headersOf, validatorsOf } from './kept-answer.ts';
import { sayError } from './pages.ts';
import { joinUpgraded, passCached, passOn } from './pass-on.ts';

/** How a request is to be answered: by which behavior, and from the origin that its function has chosen, if any. */
interface Asked {
  behavior: DefaultCacheBehavior;
  chosen: ChosenOrigin | undefined;
}

/** Answers a request that the behavior lets through: from the cache, from the origin, or with an error page. */
export async function answer(exchange: Exchange, served: Served, asked: Asked): Promise<void> {
  const { clock } = exchange.cloudFront.host;
  const errand = errandOf(exchange, served, asked);
  const key = cacheKeyOf(errand, served);
  const kept = key === undefined ? undefined : (exchange.edge.cache.get(key) ?? wholeObject(errand, served));
  if (kept && kept.freshUntil > clock.now().getTime()) return sayKept(errand, kept);
  // What was kept beats an error, also one with a page of its own.
  const stale = kept && kept.status < 400 ? kept : undefined;
  const validators = stale && validatorsOf(stale, exchange.request.headers);
  try {
    const fetched = await fetchForBehavior({ ...errand, ...(validators && { validators }) });
    if (!fetched) return;
    const status = fetched.incoming.statusCode ?? 502;
    if (!stale || (status < 500 && !(validators && status === 304))) return await pass(errand, fetched, key);
    fetched.incoming.destroy();
    if (status === 304 && key !== undefined) passCached(errand, refreshed(errand, stale, fetched, key), 'RefreshHit');
    else passCached(errand, stale);
  } catch (error) {
    if (!(error instanceof OriginFailure)) throw error;
    if (stale) passCached(errand, stale);
    else await sayFailure(errand, error, key);
  }
}

/** A HEAD is answered by what a GET has brought. */
function wholeObject(errand: Errand, served: Served): CachedAnswer | undefined {
  const key = errand.method === 'HEAD' ? cacheKeyOf({ ...errand, method: 'GET' }, served) : undefined;
  return key === undefined ? undefined : errand.exchange.edge.cache.get(key);
}

/** The origin says that what is kept is still the object: it is fresh again, for as long as the two answers say together. */
function refreshed(errand: Errand, kept: CachedAnswer, { incoming }: Fetched, key: string): CachedAnswer {
  const { exchange } = errand;
  const storedAt = exchange.cloudFront.host.clock.now().getTime();
  const headers = { ...headersOf(kept), ...incoming.headers };
  const freshUntil = storedAt + secondsToKeep(errand, { status: kept.status, headers }) * 1000;
  const renewed = { ...kept, storedAt, freshUntil };
  exchange.edge.cache.set(key, renewed);
  return renewed;
}

function sayKept(errand: Errand, kept: CachedAnswer): void {
  if (kept.reason) sayError(errand.exchange, kept.status, kept.reason);
  else passCached(errand, kept);
}

function errandOf(exchange: Exchange, { config }: Served, { behavior, chosen }: Asked): Errand {
  const { request, upgrade } = exchange;
  const policy = requestPolicyOf(behavior);
  const wantsWebSocket = upgrade !== undefined && /^websocket$/i.test(String(request.headers.upgrade));
  return {
    exchange,
    config,
    behavior,
    policy,
    method: String(request.method),
    target: targetOf(exchange),
    body: upgrade ? 'none' : bodyOf(exchange),
    // Without its key an origin takes it for a plain request.
    ...(chosen && { chosen }),
    joins: wantsWebSocket && policy.sendsHeader('sec-websocket-key'),
  };
}

/** How the request's body is framed on its way to the origin. */
export function bodyOf({ request }: Exchange): Errand['body'] {
  if (request.headers['content-length'] !== undefined) return 'length';
  const more = 'stream' in request ? !request.stream.endAfterHeaders : 'transfer-encoding' in request.headers;
  return more ? 'chunked' : 'none';
}

async function pass(errand: Errand, fetched: Fetched, key: string | undefined): Promise<void> {
  if (fetched.upgraded) return joinUpgraded(errand.exchange, fetched);
  const status = fetched.incoming.statusCode ?? 502;
  const keeping = keepingFor(errand, key, () => secondsToKeep(errand, { status, headers: fetched.incoming.headers }));
  const page = await errorPage(errand, status);
  if (!page) return passOn(errand, fetched, { status, failed: status >= 400, ...keeping });
  fetched.incoming.destroy();
  return passOn(errand, page.fetched, { ...page, failed: true, ...keeping });
}

/** An error of CloudFront's own is kept as one of the origin is: the origin is not asked again meanwhile. */
async function sayFailure(errand: Errand, { status, reason }: OriginFailure, key: string | undefined): Promise<void> {
  const keeping = keepingFor(errand, key, () => secondsToKeepError(errand.config, status));
  const page = await errorPage(errand, status);
  if (page) return passOn(errand, page.fetched, { ...page, failed: true, ...keeping });
  const storedAt = errand.exchange.cloudFront.host.clock.now().getTime();
  const freshUntil = storedAt + (keeping.seconds ?? 0) * 1000;
  keeping.keep?.({ status, headers: [], body: Buffer.alloc(0), storedAt, freshUntil, reason });
  sayError(errand.exchange, status, reason);
}

/** How an answer is kept, if at all. */
function keepingFor(
  { exchange }: Errand,
  key: string | undefined,
  secondsOf: () => number,
): { seconds?: number; keep?: (given: CachedAnswer) => void } {
  const seconds = key === undefined ? 0 : secondsOf();
  if (key === undefined || seconds <= 0) return {};
  return { seconds, keep: (given) => exchange.edge.cache.set(key, given) };
}

interface ErrorPage {
  status: number;
  fetched: Fetched;
  pageBehavior: DefaultCacheBehavior;
}

/**
 * The page that the distribution has for a status, fetched as its path's behavior says; undefined where there is none. A page that cannot be
 * had is answered as its own origin answers. Source: CloudFront Developer Guide, "How CloudFront responds when a custom error page is
 * unavailable"; checked 2026-11-30.
 */
async function errorPage(errand: Errand, status: number): Promise<ErrorPage | undefined> {
  const { config, exchange } = errand;
  const custom = config.CustomErrorResponses.Items?.find(({ ErrorCode }) => ErrorCode === status);
  if (!custom?.ResponsePagePath) return undefined;
  const path = custom.ResponsePagePath;
  const pageBehavior = behaviorFor(config, path);
  const own: Errand = {
    exchange,
    config,
    behavior: pageBehavior,
    policy: requestPolicyOf(pageBehavior),
    method: errand.method === 'HEAD' ? 'HEAD' : 'GET',
    target: { path, query: '' },
    body: 'none',
    errorPage: true,
    joins: false,
  };
  try {
    const fetched = await fetchForBehavior(own);
    if (!fetched) return undefined;
    const theirs = fetched.incoming.statusCode ?? 502;
    return { status: theirs === 200 ? Number(custom.ResponseCode) : theirs, fetched, pageBehavior };
  } catch (error) {
    if (error instanceof OriginFailure) return undefined;
    throw error;
  }
}
