import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Header } from './http-headers.ts';

/** Writes the head of an answer that came from elsewhere, by HTTP/1.1 or HTTP/2. */
export function writeAnswer(
  response: ServerResponse | Http2ServerResponse,
  { status, message, headers }: { status: number; message?: string | undefined; headers: Header[] },
): void {
  if (response instanceof ServerResponse) response.writeHead(status, message ?? '', headers.flat());
  else {
    for (const [name, value] of headers) response.appendHeader(name, value);
    response.writeHead(status);
  }
}

/** Tells a client that the protocol changes, as the server behind has told us. */
export function answerUpgrade(socket: Duplex, incoming: IncomingMessage, headers: Header[]): void {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [
    `HTTP/1.1 101 ${incoming.statusMessage}`,
    `Upgrade: ${incoming.headers.upgrade}`,
    'Connection: upgrade',
  ];
  socket.write([...head, ...lines, '', ''].join('\r\n'));
}
