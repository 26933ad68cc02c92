import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ending, EXIT } from '../exit-codes.ts';
import { siteSchema } from '../site-schema.ts';
import { Access, type Refused } from './access.ts';
import { type Answer, askApi, type Shown } from './ask-api.ts';
import type { File } from './front-end.ts';
import { GUARDING_HEADERS } from './headers.ts';
import { previewPage } from './preview-page.ts';

export interface ConsoleOptions extends Shown {
  files: ReadonlyMap<string, File>;
  /** What `/console.json` tells the page of where it leads. */
  where: object;
  /** 0 for any that is free. */
  port?: number;
}

export interface ConsoleServer {
  access: Access;
  close(): Promise<void>;
}

/** A request takes its time to be read: browsers of this machine need none. */
const REQUEST_MS = 10_000;

/**
 * Serves the console on the loopback of this machine: its files, and the API behind it.
 *
 * @throws {Ending} the port cannot be had
 */
export async function serveConsole({ files, where, port = 0, ...shown }: ConsoleOptions): Promise<ConsoleServer> {
  const documents: Record<string, () => object> = { '/console.json': () => where, '/site.schema.json': siteSchema };
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    void answer(request).then(
      (said) => reply(response, said, request.headers['sec-fetch-dest'] === 'document'),
      // The browser is gone while it was read.
      () => response.destroy(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    throw notListening(error, port);
  });
  const access = new Access((server.address() as AddressInfo).port);

  async function answer(request: IncomingMessage): Promise<Said> {
    const { method = '', url = '', headers } = request;
    const asked = { method, url, headers };
    const refused = access.refusal(asked);
    if (refused) return refused;
    const token = access.tokenIn(asked);
    if (token !== undefined) return entered(access, token);
    const [path = ''] = url.split('?');
    if (path.startsWith('/v1/')) return askApi(request, shown);
    if (path.startsWith('/preview/') && method === 'GET') return previewPage(url, shown);
    if (method !== 'GET')
      return { status: 405, detail: `Cannot ${method} ${path}: it is only read`, headers: { allow: 'GET' } };
    const document = documents[path]?.();
    if (document)
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(document) };
    // The paths of pages are the front end's own; what a page loads has to be there.
    const file = files.get(path) ?? (headers['sec-fetch-dest'] === 'document' ? files.get('/index.html') : undefined);
    if (!file) return { status: 404, detail: `Cannot find ${path}: the console begins at ${access.origin}/` };
    return { status: 200, headers: { 'content-type': file.type }, body: file.bytes };
  }

  return {
    access,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type Said = (Omit<Answer, 'body'> & { body: Uint8Array | string }) | Refused;

/** Seen for a moment at most. Without an icon of its own the browser would ask for one. */
const OPENING = '<!doctype html><title>Nameplate</title><link rel="icon" href="data:,"><p>Opening the console …</p>\n';

/**
 * Gives the cookie for the secret of a link, and leads to the page without the secret. By `Refresh`, since a redirect goes
 * on in the name of what has opened the link: from a terminal in a web page, the cookie would not be sent (SameSite).
 */
function entered(access: Access, token: string): Said {
  const cookie = access.exchange(token);
  if (cookie === undefined)
    return {
      status: 403,
      detail:
        'Cannot use this link: it is of another run, or was used; open the one that "nameplate console" has printed',
    };
  const headers = { 'set-cookie': cookie, refresh: '0; url=/', 'content-type': 'text/html; charset=utf-8' };
  return { status: 200, headers, body: OPENING };
}

function reply(response: ServerResponse, said: Said, isToPerson: boolean): void {
  const { status } = said;
  const { headers, body } = 'detail' in said ? refusal(said, isToPerson) : said;
  // What was not read of a refused body would be taken for the next request.
  response.writeHead(status, { ...GUARDING_HEADERS, ...headers, ...(status === 413 && { connection: 'close' }) });
  response.end(body);
}

/** A person reads the words alone, the page a problem document (RFC 9457). */
function refusal(
  { status, detail, headers }: Refused,
  isToPerson: boolean,
): Pick<Answer, 'headers'> & { body: string } {
  const type = isToPerson ? 'text/plain; charset=utf-8' : 'application/problem+json';
  const document = { type: 'about:blank', title: STATUS_CODES[status], status, detail };
  return {
    headers: { ...headers, 'content-type': type },
    body: isToPerson ? `${detail}\n` : JSON.stringify(document),
  };
}

function notListening(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const why = { EADDRINUSE: 'another process has it', EACCES: 'this user may not listen there' }[code ?? ''];
  if (why === undefined) return error;
  const message = `Cannot listen on port ${port}: ${why}; choose another by --port, or leave it out to take any that is free`;
  return new Ending(message, EXIT.usage, { cause: error });
}
