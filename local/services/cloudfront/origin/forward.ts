import { type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import type { DefaultCacheBehavior, Origin } from '@aws-sdk/client-cloudfront';
import { type Header, responseHeaders } from '../../../internet/http-headers.ts';
import { answerUpgrade, writeAnswer } from '../../../internet/pass-on.ts';
import type { Served } from '../edge/edge-location.ts';
import type { Exchange } from '../edge/exchange.ts';
import { sayError, via } from '../edge/pages.ts';
import { type RequestPolicy, requestPolicyOf } from '../policies/request-policy.ts';
import { connectToOrigin } from './connect.ts';
import { OriginFailure } from './failure.ts';
import { originHost, requestHeaders } from './request-headers.ts';
import { requestTarget } from './request-target.ts';

/** The methods that are tried again after a time-out. Source: developer guide, "Origin response timeout"; checked 2026-11-29. */
const TRIED_AGAIN = ['GET', 'HEAD'];

interface Trip {
  exchange: Exchange;
  served: Served;
  origin: Origin;
  policy: RequestPolicy;
}

/** Asks the origin, and passes its answer on; or says why there is none. */
export async function forward(exchange: Exchange, served: Served, behavior: DefaultCacheBehavior): Promise<void> {
  const { config } = served;
  const origin = config.Origins.Items?.find(({ Id }) => Id === behavior.TargetOriginId);
  if (!origin) throw new RangeError(`Cannot ask origin "${behavior.TargetOriginId}": it does not exist`);
  const trip: Trip = { exchange, served, origin, policy: requestPolicyOf(behavior) };
  const attempts = TRIED_AGAIN.includes(String(exchange.request.method)) ? (origin.ConnectionAttempts ?? 3) : 1;
  let failure = new OriginFailure(502, 'connection');
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await ask(trip);
      return;
    } catch (error) {
      if (!(error instanceof OriginFailure)) throw error;
      failure = error;
      // The attempts at connecting are counted where that is done.
      if (!(error instanceof ReadTimeout)) break;
    }
  }
  sayError(exchange, failure.status, failure.reason);
}

/** The origin has the request and says nothing. */
class ReadTimeout extends OriginFailure {
  constructor() {
    super(504, 'connection');
  }
}

/** One request to the origin. Resolves when its answer is on the way to the viewer; throws OriginFailure before that. */
async function ask(trip: Trip): Promise<void> {
  const { exchange, served, origin, policy } = trip;
  const { request, response, upgrade } = exchange;
  const custom = origin.CustomOriginConfig;
  const scheme =
    custom?.OriginProtocolPolicy === 'match-viewer'
      ? exchange.scheme
      : custom?.OriginProtocolPolicy === 'http-only'
        ? 'http'
        : 'https';
  const socket = await connectToOrigin(exchange, origin, {
    scheme,
    port: (scheme === 'https' ? custom?.HTTPSPort : custom?.HTTPPort) ?? 443,
    serverName: originHost(exchange, origin, policy),
  });
  // The viewer may have left while we were connecting.
  if (response.destroyed) {
    socket.destroy();
    return;
  }
  const joins = upgrade !== undefined && isWebSocket(exchange, policy);
  const body = joins || upgrade ? 'none' : bodyOf(exchange);
  const outgoing = httpRequest({
    createConnection: () => socket,
    method: request.method,
    path: requestTarget(exchange, { config: served.config, origin, policy }),
    headers: requestHeaders(exchange, { origin, policy, body, upgrade: joins }) as never,
  });
  await new Promise<void>((resolve, reject) => {
    const limits = watchTime(trip, socket, () => {
      if (response.headersSent) response.destroy();
      else reject(new ReadTimeout());
      outgoing.destroy();
    });
    outgoing.on('error', () => {
      limits.stop();
      if (response.headersSent) response.destroy();
      else reject(new OriginFailure(502, 'connection'));
    });
    outgoing.on('response', (incoming) => {
      passOn(exchange, incoming, () => limits.stop());
      resolve();
    });
    outgoing.on('upgrade', (incoming, upstream, head) => {
      limits.stop();
      join(exchange, { incoming, upstream, head, outgoing });
      resolve();
    });
    response.once('close', () => {
      limits.stop();
      if (response.statusCode !== 101) outgoing.destroy();
      resolve();
    });
    if (body === 'none') outgoing.end();
    else pipeline(request, outgoing, () => {});
  });
}

/** Ends what the origin takes too long for: between two packets, and from the first to the last where that is set. */
function watchTime({ exchange, origin }: Trip, socket: Duplex, expire: () => void): { stop(): void } {
  const { clock } = exchange.cloudFront.host;
  const readMs = (origin.CustomOriginConfig?.OriginReadTimeout ?? 30) * 1000;
  const whole = origin.ResponseCompletionTimeout;
  let silent = clock.after(readMs, expire);
  const overall = whole ? clock.after(whole * 1000, expire) : undefined;
  const heard = (): void => {
    silent.cancel();
    silent = clock.after(readMs, expire);
  };
  socket.on('data', heard);
  return {
    stop: () => {
      socket.off('data', heard);
      silent.cancel();
      overall?.cancel();
    },
  };
}

/** Whether the viewer asks for a WebSocket in a way that comes through: its key must be sent to the origin. */
const isWebSocket = ({ request }: Exchange, policy: RequestPolicy): boolean =>
  /^websocket$/i.test(String(request.headers.upgrade)) && policy.sendsHeader('sec-websocket-key');

/** How the request's body is framed on its way to the origin. */
function bodyOf({ request }: Exchange): 'length' | 'chunked' | 'none' {
  if (request.headers['content-length'] !== undefined) return 'length';
  const more = 'stream' in request ? !request.stream.endAfterHeaders : 'transfer-encoding' in request.headers;
  return more ? 'chunked' : 'none';
}

function passOn(exchange: Exchange, incoming: IncomingMessage, done: () => void): void {
  const { response } = exchange;
  const status = incoming.statusCode ?? 502;
  response.sendDate = false;
  writeAnswer(response, {
    status,
    message: incoming.statusMessage,
    headers: [...responseHeaders(incoming.rawHeaders, incoming.headers.connection), ...ownHeaders(exchange, status)],
  });
  // An answer that breaks off breaks off for the viewer as well.
  pipeline(incoming, response, (error) => {
    done();
    if (error) response.destroy();
  });
}

const ownHeaders = (exchange: Exchange, status: number): Header[] => [
  ['X-Cache', `${status >= 400 ? 'Error' : 'Miss'} from cloudfront`],
  ['Via', via(exchange)],
  ['X-Amz-Cf-Pop', exchange.edge.pop],
  ['X-Amz-Cf-Id', exchange.requestId],
];

/** The origin has changed the protocol: from here on bytes go both ways, untouched. */
function join(
  exchange: Exchange,
  {
    incoming,
    upstream,
    head,
    outgoing,
  }: { incoming: IncomingMessage; upstream: Duplex; head: Buffer; outgoing: ClientRequest },
): void {
  const { upgrade, idle, response } = exchange;
  if (!upgrade) {
    sayError(exchange, 502, 'connection');
    outgoing.destroy();
    return;
  }
  const { socket } = upgrade;
  response.statusCode = 101;
  (response as ServerResponse).detachSocket(socket as never);
  const headers = [...responseHeaders(incoming.rawHeaders, undefined), ...ownHeaders(exchange, 101)];
  answerUpgrade(socket, incoming, headers);
  if (head.length > 0) socket.write(head);
  if (upgrade.head.length > 0) upstream.write(upgrade.head);
  const end = (): void => {
    socket.destroy();
    upstream.destroy();
  };
  upstream.on('data', () => idle.touch());
  pipeline(socket, upstream, end);
  pipeline(upstream, socket, end);
}
