import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/** One request as it came in by a connection, and what it is answered with. */
export interface Received {
  request: IncomingMessage | Http2ServerRequest;
  response: ServerResponse | Http2ServerResponse;
  /** The socket that the client wants to go on with in another protocol. */
  upgrade: { socket: Duplex; head: Buffer } | undefined;
}

interface Http1Options {
  /** All headers of a request together. */
  headerBytes: number;
  /** Written to who sends what is no request. */
  refusal: string;
}

/** Serves HTTP/1.1 on one connection: a server of its own, so that what is known of its client needs no looking up. */
export function speakHttp1(
  socket: Duplex,
  answer: (received: Received) => void,
  { headerBytes, refusal }: Http1Options,
): void {
  let latest: ServerResponse | undefined;
  const server = createServer({ maxHeaderSize: headerBytes }, (request, response) => {
    latest = response;
    answer({ request, response, upgrade: undefined });
  });
  // AWS time decides what is too long: see Idle.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  server.on('upgrade', (request: IncomingMessage, upgraded: Duplex, head: Buffer) => {
    const takeOver = () => {
      const response = new ServerResponse(request);
      response.assignSocket(upgraded as never);
      response.once('finish', () => upgraded.end());
      answer({ request, response, upgrade: { socket: upgraded, head } });
    };
    // The answer before has the connection until all of it is written.
    if (latest && !latest.writableFinished) latest.once('finish', takeOver);
    else takeOver();
  });
  server.on('clientError', (_, broken) => {
    if (broken.writable) broken.end(refusal);
    else broken.destroy();
  });
  server.emit('connection', socket);
}

/** Serves HTTP/2 on one connection whose handshake has agreed on it. */
export function speakHttp2(socket: TLSSocket, answer: (received: Received) => void): void {
  const server = createHttp2Server((request, response) => answer({ request, response, upgrade: undefined }));
  server.on('sessionError', () => socket.destroy());
  // A TLS server would have said so; without it HTTP/2 waits for a handshake that is over.
  Object.assign(socket, { secureConnecting: false });
  server.emit('connection', socket);
}
