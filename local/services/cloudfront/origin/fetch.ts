import { request as httpRequest, type IncomingMessage } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import type { CustomOriginConfig } from '@aws-sdk/client-cloudfront';
import { fetchFromBucket } from './bucket.ts';
import { connectToOrigin } from './connect.ts';
import type { Destined } from './errand.ts';
import { OriginFailure } from './failure.ts';
import { originHost, requestHeaders } from './request-headers.ts';
import { requestTarget } from './request-target.ts';

/** The methods that are tried again after a time-out. Source: developer guide, "Origin response timeout"; checked 2026-11-29. */
const TRIED_AGAIN = ['GET', 'HEAD'];

/** An origin's answer, its body still coming in, or the connection that it goes on with in another protocol. */
export interface Fetched {
  incoming: IncomingMessage;
  upgraded?: { upstream: Duplex; head: Buffer };
}

/** The origin has the request and says nothing. */
class ReadTimeout extends OriginFailure {
  constructor() {
    super(504, 'connection');
  }
}

/** Asks an origin, as often as its settings say. Throws OriginFailure; resolves to undefined when the viewer has left. */
export async function fetchFrom(errand: Destined): Promise<Fetched | undefined> {
  const { origin, method } = errand;
  if (origin.S3OriginConfig) return fetchFromBucket(errand);
  const attempts = TRIED_AGAIN.includes(method) ? (origin.ConnectionAttempts ?? 3) : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(errand);
    } catch (error) {
      // Attempts at connecting are counted where that is done.
      if (!(error instanceof ReadTimeout) || attempt >= attempts) throw error;
    }
  }
}

async function ask(errand: Destined): Promise<Fetched | undefined> {
  const { exchange, origin, method, body, chosen } = errand;
  const { request, response } = exchange;
  const custom = origin.CustomOriginConfig as CustomOriginConfig;
  const scheme = schemeFor(custom, exchange.scheme);
  const socket = await connectToOrigin(exchange, origin, {
    scheme,
    port: (scheme === 'https' ? custom.HTTPSPort : custom.HTTPPort) as number,
    serverName: chosen?.sni ?? originHost(errand),
    names: chosen?.allowedCertificateNames ?? [originHost(errand), String(origin.DomainName)],
  });
  // The viewer may have left while we were connecting.
  if (response.destroyed) {
    socket.destroy();
    return undefined;
  }
  const outgoing = httpRequest({
    createConnection: () => socket,
    method,
    path: requestTarget(errand),
    headers: requestHeaders(errand) as never,
  });
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    const limits = watchTime(errand, socket, () => {
      if (answer) answer.destroy(new ReadTimeout());
      else reject(new ReadTimeout());
      outgoing.destroy();
    });
    outgoing.on('error', () => {
      limits.stop();
      answer?.destroy();
      reject(new OriginFailure(502, 'connection'));
    });
    outgoing.on('response', (incoming) => {
      answer = incoming;
      incoming.once('close', () => limits.stop());
      resolve({ incoming });
    });
    outgoing.on('upgrade', (incoming, upstream, head) => {
      limits.stop();
      resolve({ incoming, upgraded: { upstream, head } });
    });
    response.once('close', () => {
      limits.stop();
      if (response.statusCode !== 101) outgoing.destroy();
      resolve(undefined);
    });
    if (body === 'none') outgoing.end();
    else pipeline(request, outgoing, () => {});
  });
}

function schemeFor({ OriginProtocolPolicy }: CustomOriginConfig, viewers: 'http' | 'https'): 'http' | 'https' {
  if (OriginProtocolPolicy === 'match-viewer') return viewers;
  return OriginProtocolPolicy === 'http-only' ? 'http' : 'https';
}

/** Ends what the origin takes too long for: between two packets, and from the first to the last where that is set. */
function watchTime({ exchange, origin }: Destined, socket: Duplex, expire: () => void): { stop(): void } {
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
