import { type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ForwardActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import { responseHeaders } from '../../../internet/http-headers.ts';
import { silence } from '../../../internet/internet.ts';
import { answerUpgrade, writeAnswer } from '../../../internet/pass-on.ts';
import type { Exchange } from './exchange.ts';
import { requestHeaders } from './headers.ts';
import { sayPage } from './pages.ts';
import { type Destination, pickTarget } from './pick-target.ts';

/** Until a connection to a target is given up. Source: User Guide, "HTTP 504: Gateway timeout"; checked 2026-11-22. */
const CONNECT_SECONDS = 10;

/** Sends a request on to a target, and the answer back. */
export async function forward(exchange: Exchange, config: ForwardActionConfig | undefined): Promise<void> {
  const { elb, listener, node, response } = exchange;
  const destination = pickTarget(elb, { region: listener.region, node }, config);
  if (!destination) {
    sayPage(exchange, 503);
    return;
  }
  const socket = await connect(exchange, destination);
  if (!socket) return;
  // The client may have left while we were connecting.
  if (response.destroyed) socket.destroy();
  else relay(exchange, socket);
}

/** Connects from the node's own address. Answers 504 or 502 itself when there is no connection. */
async function connect(
  exchange: Exchange,
  { address, port, protocol, routed }: Destination,
): Promise<Duplex | undefined> {
  const { elb, node } = exchange;
  const limit = new AbortController();
  const timer = elb.host.clock.after(CONNECT_SECONDS * 1000, () => limit.abort());
  try {
    const { privateAddress } = node.addresses;
    const { signal } = limit;
    const connection = routed
      ? await elb.internet.connect(privateAddress, { address, port }, { signal })
      : await silence(signal);
    // Whatever certificate a target has, a load balancer takes it.
    return protocol === 'HTTPS' ? connectTls({ socket: connection, rejectUnauthorized: false }) : connection;
  } catch {
    sayPage(exchange, limit.signal.aborted ? 504 : 502);
    return undefined;
  } finally {
    timer.cancel();
  }
}

function relay(exchange: Exchange, socket: Duplex): void {
  const { request, response, idle, upgrade } = exchange;
  const body = upgrade ? 'none' : bodyOf(exchange);
  const outgoing = httpRequest({
    createConnection: () => socket,
    method: request.method,
    path: request.url,
    headers: requestHeaders(exchange, { body }) as never,
  });
  const expire = () => {
    // Who was to speak and did not: the client with the rest of its request, or the target.
    if (!response.headersSent) sayPage(exchange, request.complete ? 504 : 408);
    else response.destroy();
    outgoing.destroy();
  };
  idle.waiting.add(expire);
  response.once('close', () => {
    idle.waiting.delete(expire);
    if (!upgrade || response.statusCode !== 101) {
      outgoing.destroy();
      socket.destroy();
    }
  });
  socket.on('data', () => idle.touch());
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy();
    else sayPage(exchange, 502);
  });
  outgoing.on('response', (incoming) => passOn(exchange, incoming));
  outgoing.on('upgrade', (incoming, upstream, head) => join(exchange, { incoming, upstream, head, outgoing }));
  if (body === 'none') outgoing.end();
  else pipeline(request, outgoing, () => {});
}

/** How the request's body is framed on its way to the target. */
function bodyOf({ request }: Exchange): 'length' | 'chunked' | 'none' {
  if (request.headers['content-length'] !== undefined) return 'length';
  const more = 'stream' in request ? !request.stream.endAfterHeaders : 'transfer-encoding' in request.headers;
  return more ? 'chunked' : 'none';
}

function passOn({ response }: Exchange, incoming: IncomingMessage): void {
  const headers = responseHeaders(incoming.rawHeaders, incoming.headers.connection);
  const status = incoming.statusCode ?? 502;
  writeAnswer(response, { status, message: incoming.statusMessage, headers });
  // An answer that breaks off breaks off for the client as well.
  pipeline(incoming, response, (error) => {
    if (error) response.destroy();
  });
}

/** The target has changed the protocol: from here on bytes go both ways, untouched. */
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
    sayPage(exchange, 502);
    outgoing.destroy();
    return;
  }
  const { socket } = upgrade;
  response.statusCode = 101;
  (response as ServerResponse).detachSocket(socket as never);
  answerUpgrade(socket, incoming, responseHeaders(incoming.rawHeaders, undefined));
  if (head.length > 0) socket.write(head);
  if (upgrade.head.length > 0) upstream.write(upgrade.head);
  const end = () => {
    idle.waiting.delete(end);
    socket.destroy();
    upstream.destroy();
  };
  idle.waiting.clear();
  idle.waiting.add(end);
  upstream.on('data', () => idle.touch());
  pipeline(socket, upstream, end);
  pipeline(upstream, socket, end);
}
