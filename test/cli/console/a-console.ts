import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Shown } from '../../../cli/console/ask-api.ts';
import { type ConsoleServer, serveConsole } from '../../../cli/console/server.ts';

/** What a stand-in for the API was asked. */
export interface Heard {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface AnApi {
  url: string;
  heard: Heard[];
  close(): void;
}

/** An API that notes what it is asked, and answers it so. */
export async function anApi(
  answer: { status?: number; headers?: Record<string, string>; body?: string } = {},
): Promise<AnApi> {
  const heard: Heard[] = [];
  const server: Server = createServer(async (asked, response) => {
    const { method = '', url = '', headers } = asked;
    heard.push({ method, url, headers, body: await text(asked) });
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body ?? '{"sites":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What is sent to the console; a browser can set none of these headers itself, so that `fetch` does not either. */
export interface Sent {
  method?: string;
  /** As it is: nothing resolves "..". */
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Got {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface AConsole extends ConsoleServer {
  port: number;
  send(sent: Sent): Promise<Got>;
  /** As the page of the console asks, with the cookie. */
  ask(sent: Sent): Promise<Got>;
}

/** A console with a page of its own, at this API. */
export async function aConsole(shown: Shown): Promise<AConsole> {
  const served = await serveConsole({
    ...shown,
    where: { where: 'nameplate local', isLocal: true },
    files: new Map([
      ['/index.html', { type: 'text/html; charset=utf-8', bytes: Buffer.from('<!doctype html>') }],
      ['/app.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from('go()') }],
    ]),
  });
  const link = new URL(served.access.link());
  const port = Number(link.port);
  const send = ({ method = 'GET', path = '/', headers = {}, body }: Sent): Promise<Got> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) });
      });
      asked.once('error', reject);
      asked.end(body);
    });
  const entered = await send({ path: `/${link.search}` });
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const page = { cookie, origin: served.access.origin, 'sec-fetch-site': 'same-origin' };
  return { ...served, port, send, ask: (sent) => send({ ...sent, headers: { ...page, ...sent.headers } }) };
}
