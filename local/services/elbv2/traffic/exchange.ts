import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Elb } from '../elb.ts';
import type { Listener } from '../listeners/listener.ts';
import type { Node } from '../load-balancers/load-balancer.ts';
import type { Idle } from './idle.ts';

/** A client's connection as the load balancer sees it. */
export interface Side {
  elb: Elb;
  listener: Listener;
  /** The node that the client has reached. */
  node: Node;
  client: { address: string; port: number };
  /** What was negotiated, by OpenSSL's names. */
  tls: { version: string; cipher: string } | undefined;
  idle: Idle;
}

/** One request and the answer to it. */
export interface Exchange extends Side {
  request: IncomingMessage | Http2ServerRequest;
  response: ServerResponse | Http2ServerResponse;
  /** The socket that the client wants to go on with in another protocol. */
  upgrade: { socket: Duplex; head: Buffer } | undefined;
}

/** The host that the client asked for, with the port if it said one. */
export const authorityOf = ({ request }: Exchange): string =>
  String(request.headers[':authority'] ?? request.headers.host ?? '');

/** The path and the query, each without its mark: { path: "/a", query: "b=1" }. */
export function targetOf({ request }: Exchange): { path: string; query: string } {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  // An absolute form is what a client says to a proxy; the host is in it again.
  return { path: path.replace(/^https?:\/\/[^/]*/, '') || '/', query: query.join('?') };
}
