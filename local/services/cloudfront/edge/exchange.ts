import type { Received } from '../../../internet/speak-http.ts';
import type { Side } from './viewer-connection.ts';

/** One request of a viewer and the answer to it. */
export interface Exchange extends Side, Received {
  /** X-Amz-Cf-Id: towards the viewer and towards the origin the same. */
  requestId: string;
  /** The edge server, as Via names it: "0123456789abcdef0123456789abcdef.cloudfront.net". */
  server: string;
}

/** The name that the viewer asked for, lower case and without a port. */
export const hostOf = ({ request }: Pick<Received, 'request'>): string =>
  String(request.headers[':authority'] ?? request.headers.host ?? '')
    .replace(/:\d+$/, '')
    .toLowerCase();

/** The path and the query as the viewer wrote them: { path: "/a", query: "?b=1" }. */
export function targetOf({ request }: Pick<Received, 'request'>): { path: string; query: string } {
  // An absolute form is what a client says to a proxy; the host is in it again.
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/]*/, '') || '/';
  const at = target.indexOf('?');
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at) };
}
