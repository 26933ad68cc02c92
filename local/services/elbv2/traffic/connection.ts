import { createServer, type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Connection } from '../../../internet/internet.ts';
import type { Elb } from '../elb.ts';
import type { Listener } from '../listeners/listener.ts';
import type { Node } from '../load-balancers/load-balancer.ts';
import type { Exchange, Side } from './exchange.ts';
import { Idle } from './idle.ts';
import { remember } from './open-connections.ts';
import { bareRefusal } from './pages.ts';
import { serve } from './serve.ts';
import { secure } from './tls.ts';

/** All headers of a request together. Source: Application Load Balancers User Guide, "HTTP headers"; checked 2026-11-22. */
const HEADER_BYTES = 65_536;

/** Takes a client's connection in. */
export function serveConnection(
  elb: Elb,
  { listener, node, connection }: { listener: Listener; node: Node; connection: Connection },
): void {
  remember(listener, connection);
  const idle = new Idle({
    clock: elb.host.clock,
    limitMs: () => Number(listener.loadBalancer.attributes.get('idle_timeout.timeout_seconds')) * 1000,
    close: () => connection.destroy(),
  });
  connection.on('error', () => connection.destroy());
  connection.once('close', () => idle.stop());
  const client = { address: connection.remoteAddress, port: connection.remotePort };
  const side: Side = { elb, listener, node, client, tls: undefined, idle };
  if (listener.protocol === 'HTTP') speakHttp1(side, connection);
  else speakTls(side, connection);
  connection.on('data', () => idle.touch());
}

function speakTls(side: Side, connection: Connection): void {
  const socket: TLSSocket = secure(side.elb, side.listener, connection);
  // A handshake that fails: the client has had its alert.
  socket.on('error', () => connection.destroy());
  socket.once('close', () => connection.destroy());
  socket.once('secure', () => {
    const tls = { version: socket.getProtocol() ?? '', cipher: socket.getCipher().name };
    if (socket.alpnProtocol === 'h2') speakHttp2({ ...side, tls }, socket);
    else speakHttp1({ ...side, tls }, socket);
  });
}

/** A server for one connection: what is known of its client needs no looking up. */
function speakHttp1(side: Side, socket: Duplex): void {
  const answer: RequestListener = (request, response) => {
    void serve({ ...side, request, response, upgrade: undefined });
  };
  const server = createServer({ maxHeaderSize: HEADER_BYTES }, answer);
  // AWS time decides what is too long: see Idle.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  server.on('upgrade', (request: IncomingMessage, upgraded: Duplex, head: Buffer) => {
    const response = new ServerResponse(request);
    response.assignSocket(upgraded as never);
    response.once('finish', () => upgraded.end());
    void serve({ ...side, request, response, upgrade: { socket: upgraded, head } });
  });
  server.on('clientError', (_, broken) => {
    if (broken.writable) broken.end(bareRefusal(400));
    else broken.destroy();
  });
  server.emit('connection', socket);
}

function speakHttp2(side: Side, socket: TLSSocket): void {
  const server = createHttp2Server((request, response) => {
    void serve({ ...side, request, response, upgrade: undefined } satisfies Exchange);
  });
  server.on('sessionError', () => socket.destroy());
  // A TLS server would have said so; without it HTTP/2 waits for a handshake that is over.
  Object.assign(socket, { secureConnecting: false });
  server.emit('connection', socket);
}
