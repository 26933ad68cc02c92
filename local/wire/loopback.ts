import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why a request is refused because it may come from a web page of another origin; undefined when it is welcome.
 *
 * A listener on 127.0.0.1 is within reach of every page the browser shows: by a form or an image (they send Origin or
 * Sec-Fetch-Site), and by a name that its owner points at 127.0.0.1 (DNS rebinding; it shows in Host).
 */
export function refusal({ headers, socket }: IncomingMessage): string | undefined {
  const host = parse(`http://${headers.host ?? ''}`);
  if (!host || !LOOPBACK_NAMES.has(host.hostname)) {
    return `Cannot answer for Host "${headers.host ?? ''}": only 127.0.0.1, localhost and [::1] are answered`;
  }
  if (headers.origin !== undefined) {
    const origin = parse(headers.origin);
    const own = origin && LOOPBACK_NAMES.has(origin.hostname) && origin.port === String(socket.localPort);
    if (!own) return `Cannot answer a page of "${headers.origin}": only this port's own pages are answered`;
  }
  const site = [headers['sec-fetch-site']].flat()[0];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return "Cannot answer a page of another origin: only this port's own pages are answered";
  }
  return undefined;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
