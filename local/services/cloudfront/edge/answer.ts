import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { Errand } from '../origin/errand.ts';
import { fetchForBehavior } from '../origin/failover.ts';
import { OriginFailure } from '../origin/failure.ts';
import type { Fetched } from '../origin/fetch.ts';
import { requestPolicyOf } from '../policies/request-policy.ts';
import { behaviorFor } from './behavior.ts';
import type { CachedAnswer } from './cache.ts';
import { cacheKeyOf, secondsToKeep } from './cache-rules.ts';
import type { Served } from './edge-location.ts';
import { type Exchange, targetOf } from './exchange.ts';
import { sayError } from './pages.ts';
import { joinUpgraded, passCached, passOn } from './pass-on.ts';

/** Answers a request that the behavior lets through: from the cache, from the origin, or with an error page. */
export async function answer(exchange: Exchange, served: Served, behavior: DefaultCacheBehavior): Promise<void> {
  const { clock } = exchange.cloudFront.host;
  const errand = errandOf(exchange, served, behavior);
  const key = cacheKeyOf(errand, served);
  const kept = key === undefined ? undefined : exchange.edge.cache.get(key);
  if (kept && kept.freshUntil > clock.now().getTime()) return passCached(errand, kept);
  try {
    const fetched = await fetchForBehavior(errand);
    if (fetched) await pass(errand, fetched, key);
  } catch (error) {
    if (!(error instanceof OriginFailure)) throw error;
    // What was kept beats a page that says nothing.
    if (kept && kept.status < 400) passCached(errand, kept);
    else await sayFailure(errand, error);
  }
}

function errandOf(exchange: Exchange, { config }: Served, behavior: DefaultCacheBehavior): Errand {
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
    joins: wantsWebSocket && policy.sendsHeader('sec-websocket-key'),
  };
}

/** How the request's body is framed on its way to the origin. */
function bodyOf({ request }: Exchange): Errand['body'] {
  if (request.headers['content-length'] !== undefined) return 'length';
  const more = 'stream' in request ? !request.stream.endAfterHeaders : 'transfer-encoding' in request.headers;
  return more ? 'chunked' : 'none';
}

async function pass(errand: Errand, fetched: Fetched, key: string | undefined): Promise<void> {
  if (fetched.upgraded) return joinUpgraded(errand.exchange, fetched);
  const status = fetched.incoming.statusCode ?? 502;
  const page = await errorPage(errand, status);
  if (page) {
    fetched.incoming.destroy();
    return passOn(errand, page.fetched, { status: page.status, failed: true });
  }
  const { cache } = errand.exchange.edge;
  const seconds = key === undefined ? 0 : secondsToKeep(errand, fetched.incoming);
  const keep = key !== undefined && seconds > 0 ? (given: CachedAnswer) => cache.set(key, given) : undefined;
  return passOn(errand, fetched, { status, failed: status >= 400, seconds, ...(keep && { keep }) });
}

async function sayFailure(errand: Errand, { status, reason }: OriginFailure): Promise<void> {
  const page = await errorPage(errand, status);
  if (page) await passOn(errand, page.fetched, { status: page.status, failed: true });
  else sayError(errand.exchange, status, reason);
}

/** The page that the distribution has for a status, fetched as its path's behavior says; undefined where there is none. */
async function errorPage(errand: Errand, status: number): Promise<{ status: number; fetched: Fetched } | undefined> {
  const { config, exchange } = errand;
  const custom = config.CustomErrorResponses.Items?.find(({ ErrorCode }) => ErrorCode === status);
  if (!custom?.ResponsePagePath) return undefined;
  const path = custom.ResponsePagePath;
  const behavior = behaviorFor(config, path);
  const own: Errand = {
    exchange,
    config,
    behavior,
    policy: requestPolicyOf(behavior),
    method: errand.method === 'HEAD' ? 'HEAD' : 'GET',
    target: { path, query: '' },
    body: 'none',
    joins: false,
  };
  try {
    const fetched = await fetchForBehavior(own);
    if (fetched?.incoming.statusCode === 200) return { status: Number(custom.ResponseCode), fetched };
    fetched?.incoming.destroy();
    return undefined;
  } catch (error) {
    if (error instanceof OriginFailure) return undefined;
    throw error;
  }
}
