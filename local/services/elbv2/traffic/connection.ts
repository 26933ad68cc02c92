import type { TLSSocket } from 'node:tls';
import type { Connection } from '../../../internet/internet.ts';
import { type Received, speakHttp1, speakHttp2 } from '../../../internet/speak-http.ts';
import type { Elb } from '../elb.ts';
import type { Listener } from '../listeners/listener.ts';
import type { Node } from '../load-balancers/load-balancer.ts';
import type { Side } from './exchange.ts';
import { Idle } from './idle.ts';
import { remember } from './open-connections.ts';
import { bareRefusal } from './pages.ts';
import { serve } from './serve.ts';
import { secure } from './tls.ts';

/** All headers of a request together. Source: Application Load Balancers User Guide, "HTTP headers"; checked 2026-11-22. */
const HTTP1 = { headerBytes: 65_536, refusal: bareRefusal(400) };

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
  if (listener.protocol === 'HTTP') speakHttp1(connection, answerOf(side), HTTP1);
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
    if (socket.alpnProtocol === 'h2') speakHttp2(socket, answerOf({ ...side, tls }));
    else speakHttp1(socket, answerOf({ ...side, tls }), HTTP1);
  });
}

const answerOf =
  (side: Side) =>
  (received: Received): void =>
    void serve({ ...side, ...received });
