import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import { type Header, responseHeaders } from '../../../internet/http-headers.ts';
import { answerUpgrade, writeAnswer } from '../../../internet/pass-on.ts';
import type { Errand } from '../origin/errand.ts';
import type { Fetched } from '../origin/fetch.ts';
import { withPolicy } from '../response-headers/apply.ts';
import { findPolicy } from '../response-headers/policy.ts';
import type { CachedAnswer } from './cache.ts';
import { compressionOf } from './compression.ts';
import type { Exchange } from './exchange.ts';
import { shownOf } from './kept-answer.ts';
import { ownHeaders, sayError } from './pages.ts';

interface Passing {
  status: number;
  /** X-Cache calls it an error. */
  failed: boolean;
  /** Of an error page: the behavior that it was fetched by. */
  pageBehavior?: DefaultCacheBehavior | undefined;
  /** How long to keep it, and how. */
  seconds?: number;
  keep?(answer: CachedAnswer): void;
}

/** Larger answers are not kept. */
const MOST_BYTES = 1_048_576;

/** Passes an origin's answer on to the viewer. Resolves when its head is written. */
export function passOn(errand: Errand, { incoming }: Fetched, passing: Passing): void {
  const { status, failed, seconds = 0, keep, pageBehavior } = passing;
  const { response, cloudFront } = errand.exchange;
  const sent = responseHeaders(incoming.rawHeaders, incoming.headers.connection);
  const compression = compressionOf(errand, incoming, { status, headers: sent, pageBehavior });
  const theirs = compression?.headers ?? sent;
  writeHead(errand, { status, headers: theirs, cache: failed ? 'Error' : 'Miss', pageBehavior });
  const stages = [incoming, ...(compression ? [compression.compress()] : [])];
  const content = stages.at(-1) ?? incoming;
  const chunks: Buffer[] = [];
  if (keep) content.on('data', (chunk: Buffer) => chunks.push(chunk));
  content.once('end', () => {
    const body = Buffer.concat(chunks);
    const storedAt = cloudFront.host.clock.now().getTime();
    if (body.length > MOST_BYTES) return;
    const freshUntil = storedAt + seconds * 1000;
    keep?.({ status, headers: theirs, body, storedAt, freshUntil, ...(pageBehavior && { pageBehavior }) });
  });
  // An answer that breaks off breaks off for the viewer as well.
  pipeline([...stages, response], (error) => {
    if (error) response.destroy();
  });
}

/** Answers from the cache. */
export function passCached(errand: Errand, kept: CachedAnswer, hit: 'Hit' | 'RefreshHit' = 'Hit'): void {
  const { request, response, cloudFront } = errand.exchange;
  const age = Math.floor((cloudFront.host.clock.now().getTime() - kept.storedAt) / 1000);
  const { status, headers, body } = shownOf(kept, request.headers);
  const cache = status >= 400 ? 'Error' : hit;
  writeHead(errand, {
    status,
    headers: [...headers, ['Age', String(age)]],
    cache,
    pageBehavior: kept.pageBehavior,
  });
  response.end(request.method === 'HEAD' ? '' : body);
}

interface Head {
  status: number;
  headers: Header[];
  /** As X-Cache names it. */
  cache: string;
  pageBehavior: DefaultCacheBehavior | undefined;
}

function writeHead({ exchange, behavior, config }: Errand, { status, headers, cache, pageBehavior }: Head): void {
  const { response, scheme, cloudFront } = exchange;
  const policyId = behavior.ResponseHeadersPolicyId;
  // Whose policy counts for an error page, AWS does not say: the behavior's that the request matches, or the page's. Here both must agree.
  const agreed = !pageBehavior || pageBehavior.ResponseHeadersPolicyId === policyId;
  const http3 = scheme === 'https' && ['http3', 'http2and3'].includes(String(config.HttpVersion));
  response.sendDate = false;
  writeAnswer(response, {
    status,
    headers: [
      ...withPolicy(headers, agreed ? findPolicy(cloudFront, policyId) : undefined),
      ...ownHeaders(exchange, cache),
      ...(http3 ? ([['Alt-Svc', 'h3=":443"; ma=86400']] as Header[]) : []),
    ],
  });
}

/** The origin has changed the protocol: from here on bytes go both ways, untouched. */
export function joinUpgraded(exchange: Exchange, { incoming, upgraded }: Fetched): void {
  const { upgrade, idle, response } = exchange;
  if (!upgrade || !upgraded) {
    sayError(exchange, 502, 'connection');
    upgraded?.upstream.destroy();
    return;
  }
  const { socket } = upgrade;
  const { upstream, head } = upgraded;
  response.statusCode = 101;
  (response as ServerResponse).detachSocket(socket as never);
  answerUpgrade(socket, incoming, [
    ...responseHeaders(incoming.rawHeaders, undefined),
    ...ownHeaders(exchange, 'Miss'),
  ]);
  if (head.length > 0) socket.write(head);
  if (upgrade.head.length > 0) upstream.write(upgrade.head);
  const end = (): void => {
    socket.destroy();
    upstream.destroy();
  };
  // A WebSocket ends by silence as the connection does: see IDLE_SECONDS.
  idle.waiting.clear();
  upstream.on('data', () => idle.touch());
  pipeline(socket, upstream, end);
  pipeline(upstream, socket, end);
}
