import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import type { Internet } from '../../../local/internet/internet.ts';

/** A web server in the small internet, and what it has been asked. */
export interface ASite {
  asked: { from: string; host: string; path: string; agent: string }[];
  /** What it answers with: a status, a body, nothing at all. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes it off the network. */
  leave(): void;
}

/** Puts a web server at an address; with TLS when it has a certificate. It answers alike until `answer` is replaced, everybody unless told otherwise. */
export function aSite(
  internet: Internet,
  {
    address,
    port = 80,
    tls,
    uniform = true,
  }: { address: string; port?: number; tls?: TlsOptions & SecureContextOptions; uniform?: boolean },
): ASite {
  const site: ASite = { asked: [], answer: (_, response) => response.end('fine'), leave: () => {} };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const { host = '', 'user-agent': agent = '' } = request.headers;
    site.asked.push({ from: String(request.socket.remoteAddress), host, path: String(request.url), agent });
    site.answer(request, response);
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  let answer = site.answer;
  Object.defineProperty(site, 'answer', {
    get: () => answer,
    set: (next: ASite['answer']) => {
      answer = next;
      internet.changed();
    },
  });
  site.leave = internet.listen({ address, port }, (connection) => server.emit('connection', connection), {
    steady: () => true,
    uniform: () => uniform,
  });
  return site;
}
