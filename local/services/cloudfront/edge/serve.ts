import { createHash } from 'node:crypto';
import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { Received } from '../../../internet/speak-http.ts';
import { chosenOrigin, FunctionFailure } from '../functions/viewer-request.ts';
import { newRequestId } from '../ids.ts';
import { answer, bodyOf } from './answer.ts';
import { behaviorFor } from './behavior.ts';
import { type Exchange, hostOf, targetOf } from './exchange.ts';
import { sayError, sayRedirect } from './pages.ts';
import type { Side } from './viewer-connection.ts';

/** Source: CloudFront Developer Guide, "Maximum length of a request and maximum length of a URL"; checked 2026-11-30. */
const URL_BYTES = 8_192;

/** Answers one request: by its Host header alone, neither by the address that was reached nor by the name in the handshake. */
export async function serve(viewer: Side & Received): Promise<void> {
  const { cloudFront, edge, request, response } = viewer;
  request.on('error', () => {});
  response.on('error', () => {});
  const exchange: Exchange = {
    ...viewer,
    requestId: newRequestId(cloudFront.draws),
    server: `${createHash('md5').update(edge.pop).digest('hex')}.cloudfront.net`,
  };
  const served = edge.distributionFor(hostOf(exchange));
  if (!served) return sayError(exchange, 403, 'badRequest');
  if (urlOf(exchange).length > URL_BYTES) {
    response.once('finish', () => viewer.connection.end());
    return sayError(exchange, 413, 'badRequest');
  }
  const behavior = behaviorFor(served.config, targetOf(exchange).path);
  if (refuses(exchange, behavior)) return;
  try {
    await answer(exchange, served, { behavior, chosen: chosenOrigin(exchange, served, behavior) });
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    sayError(exchange, error.status, error.reason);
  }
}

function urlOf(exchange: Exchange): string {
  const { path, query } = targetOf(exchange);
  return `${exchange.scheme}://${hostOf(exchange)}${path}${query}`;
}

/** What the behavior does not let through has had its answer. */
function refuses(exchange: Exchange, behavior: DefaultCacheBehavior): boolean {
  const { scheme, request } = exchange;
  // Source: CloudFront Developer Guide, "Viewer protocol policy": HTTP/1.0 has no status that keeps the method; checked 2026-11-30.
  const isRedirectable = request.httpVersion !== '1.0' || ['GET', 'HEAD'].includes(String(request.method));
  if (scheme === 'http' && behavior.ViewerProtocolPolicy === 'redirect-to-https' && isRedirectable) {
    const { path, query } = targetOf(exchange);
    sayRedirect(exchange, `https://${hostOf(exchange)}${path}${query}`);
    return true;
  }
  if (scheme === 'http' && behavior.ViewerProtocolPolicy !== 'allow-all') {
    sayError(exchange, 403, 'badRequest');
    return true;
  }
  // Source: CloudFront Developer Guide, "GET requests that include a body"; checked 2026-11-30.
  if (request.method === 'GET' && bodyOf(exchange) !== 'none' && request.headers['content-length'] !== '0') {
    sayError(exchange, 403, 'badRequest');
    return true;
  }
  if (!behavior.AllowedMethods?.Items?.some((method) => method === request.method)) {
    sayError(exchange, 403, 'method');
    return true;
  }
  return false;
}
