import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { connect } from 'node:net';
import { extname } from 'node:path';
import { type Duplex, pipeline } from 'node:stream';
import type { Clock } from '../../../clock/clock.ts';
import type { Connection, Internet } from '../../../internet/internet.ts';
import type { WebSettings } from './user-data.ts';
import { byTheRules, type WebRules } from './web-rules.ts';
import { echoWebSocket } from './web-socket-echo.ts';

/** Answers one path. Counts as work until what it returns settles; one that never answers leaves the client waiting. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

interface WebServerOptions {
  instanceId: string;
  settings: WebSettings;
  clock: Clock;
  internet: Internet;
  /** The addresses that it listens on, asked whenever they may have changed. */
  addresses: () => string[];
  /** Called when it answers otherwise than before. */
  changed: () => void;
}

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** How long a plugged server's answer may keep AWS time at the wall clock's pace. Wall time, not AWS time. */
const PLUG_WORK_MS = 2_000;

/** The web server of an instance: files from its user data, `/headers`, a WebSocket echo on `/ws`. */
export class WebServer {
  readonly #options: WebServerOptions;
  readonly #server: Server;
  readonly #listening = new Map<string, () => void>();
  readonly #connections = new Set<Duplex>();
  readonly #handlers = new Map<string, Handler>();
  #failure: number | undefined;
  #rules: WebRules;
  #plug: { host: string; port: number } | undefined;
  #on = false;

  constructor(options: WebServerOptions) {
    this.#options = options;
    this.#rules = options.settings.rules;
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    // Idle connections stay: wall time must not decide what an AWS client sees.
    Object.assign(this.#server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  }

  /** What user data does with it at the first boot. */
  get service(): WebSettings['service'] {
    return this.#options.settings.service;
  }

  get port(): number {
    return this.#options.settings.port;
  }

  /** Whether it gives the same answers until `changed` is called: nobody else answers for it. */
  get steady(): boolean {
    return this.#plug === undefined && this.#handlers.size === 0;
  }

  /** Lets `handler` answer that path; undefined gives the path back. */
  answer(path: string, handler: Handler | undefined): void {
    if (handler) this.#handlers.set(path, handler);
    else this.#handlers.delete(path);
    this.#options.changed();
  }

  /** Answers everything with that status; undefined mends it. */
  fail(status: number | undefined): void {
    this.#failure = status;
    this.#options.changed();
  }

  /** Answers by these rules from now on, and by its files what they let pass. */
  insist(rules: WebRules): void {
    this.#rules = rules;
    this.#options.changed();
  }

  /** Lets a real server of this machine answer in its place; undefined takes it out again. */
  plug(target: { host: string; port: number } | undefined): void {
    this.#plug = target;
    this.#options.changed();
  }

  start(): void {
    this.#on = true;
    this.refresh();
    this.#options.changed();
  }

  /** Drops every connection and listens no more. */
  stop(): void {
    this.#on = false;
    this.refresh();
    for (const connection of this.#connections) connection.destroy();
    this.#options.changed();
  }

  /** Listens on the addresses that there are now. */
  refresh(): void {
    const wanted = this.#on ? this.#options.addresses() : [];
    for (const [address, leave] of this.#listening) {
      if (wanted.includes(address)) continue;
      leave();
      this.#listening.delete(address);
    }
    for (const address of wanted) {
      if (this.#listening.has(address)) continue;
      const leave = this.#options.internet.listen(
        { address, port: this.port },
        (connection) => this.#accept(connection),
        { steady: () => this.steady },
      );
      this.#listening.set(address, leave);
    }
  }

  #accept(connection: Connection): void {
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection));
    if (this.#plug) bridge(connection, this.#plug, this.#options.clock);
    else this.#server.emit('connection', connection);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { files, statuses } = this.#options.settings;
    const path = pathOf(request);
    const handler = this.#handlers.get(path);
    const status = this.#failure ?? (handler ? undefined : statuses.get(path));
    const file = files?.get(path.endsWith('/') ? `${path}index.html` : path);
    response.setHeader('Server', 'Apache/2.4.62 ()');
    const ruled = this.#failure === undefined ? byTheRules(request, this.#rules) : undefined;
    if (ruled?.location !== undefined) response.setHeader('Location', ruled.location);
    if (ruled) sayStatus(response, ruled.status);
    else if (status !== undefined) sayStatus(response, status);
    else if (handler) this.#ask(handler, request, response);
    else if (file) sayFile(request, response, { path, file });
    else if (path === '/headers') sayJson(response, seen(request));
    else if (!files && (path === '/' || path === '/index.html'))
      sayFile(request, response, { path, file: this.#ownPage() });
    else sayStatus(response, 404);
  }

  #ask(handler: Handler, request: IncomingMessage, response: ServerResponse): void {
    this.#options.clock
      .during(() => handler(request, response))
      .catch(() => (response.headersSent ? response.destroy() : sayStatus(response, 500)));
  }

  #ownPage(): Buffer {
    return Buffer.from(`<!doctype html><title>It works</title><h1>It works</h1><p>${this.#options.instanceId}</p>\n`);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (pathOf(request) === '/ws') echoWebSocket(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }
}

const pathOf = (request: IncomingMessage): string => new URL(request.url ?? '/', 'http://instance').pathname;

/** What arrived: the first thing to look at when a proxy stands before a server. */
const seen = ({ method, url, headers, socket }: IncomingMessage) => ({
  method,
  url,
  from: socket.remoteAddress,
  headers,
});

function sayFile(
  { method }: IncomingMessage,
  response: ServerResponse,
  { path, file }: { path: string; file: Buffer },
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    sayStatus(response, 405);
    return;
  }
  response.setHeader('Content-Type', MEDIA_TYPES[extname(path) || '.html'] ?? 'application/octet-stream');
  response.end(file);
}

function sayJson(response: ServerResponse, value: object): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value, undefined, 2));
}

function sayStatus(response: ServerResponse, status: number): void {
  const words = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>${words}</title><h1>${words}</h1>\n`);
}

/** Joins a connection of the small internet with a real one. A request counts as work until bytes come back. */
function bridge(connection: Connection, { host, port }: { host: string; port: number }, clock: Clock): void {
  const socket = connect({ host, port });
  let done: (() => void) | undefined;
  const answered = () => {
    done?.();
    done = undefined;
  };
  connection.on('data', () => {
    done ??= clock.work();
    setTimeout(answered, PLUG_WORK_MS).unref();
  });
  socket.on('data', answered);
  socket.on('close', answered);
  pipeline(connection, socket, connection, () => {
    answered();
    socket.destroy();
    connection.destroy();
  });
}
