import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP, isIPv6, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Clock } from '../clock/clock.ts';
import { join } from './entrance.ts';
import type { Connection, Internet } from './internet.ts';

/** Where the person at the laptop is, in the small internet. */
export const PERSON = { ipv4: '198.51.100.7', ipv6: '2001:db8:7::7' } as const;

/** How long the proxy waits for a place that stays silent, in seconds of AWS time. */
const PATIENCE_SECONDS = 10;

/** Headers between a client and its proxy, not for the server. Source: RFC 9110 section 7.6.1, checked 2026-11-22. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/** Looks a name up; a resolver's `resolve`. */
export type Resolve = (
  name: string,
  type: 'A' | 'AAAA',
) => Promise<{ rcode: string; answers: { type: string; data: unknown }[] }>;

export interface ProxyOptions {
  internet: Internet;
  clock: Clock;
  resolve: Resolve;
  /** The addresses it comes from. Default: the person at the laptop. */
  from?: { ipv4: string; ipv6: string };
  /** Default: any free port. */
  port?: number;
}

export interface HttpProxy {
  port: number;
  close(): Promise<void>;
}

/**
 * An HTTP proxy on the loopback into the small internet, and nowhere else: CONNECT for https and WebSockets, absolute-form
 * requests for http. What cannot be reached is answered with 502 or 504 and a sentence that says why.
 */
export async function startProxy(options: ProxyOptions): Promise<HttpProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((req, res) => {
    forward(options, req, res).catch((error) => refuse(res, error));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    tunnel(options, String(req.url), { socket, head }).catch((error) => socket.end(rawRefusal(error)));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Why the proxy cannot do what it was asked to, for programs. Source: RFC 9209, section 2.3, checked 2026-11-29. */
type ProxyError =
  | 'http_request_error'
  | 'dns_error'
  | 'connection_refused'
  | 'destination_ip_unroutable'
  | 'connection_timeout'
  | 'proxy_internal_error';

const STATUSES: Record<ProxyError, 400 | 502 | 504> = {
  http_request_error: 400,
  dns_error: 502,
  connection_refused: 502,
  destination_ip_unroutable: 502,
  connection_timeout: 504,
  proxy_internal_error: 502,
};

/** Why the proxy cannot do what it was asked to. */
class Unreachable extends Error {
  readonly reason: ProxyError;

  constructor(reason: ProxyError, message: string) {
    super(message);
    this.reason = reason;
  }
}

async function tunnel(
  options: ProxyOptions,
  authority: string,
  { socket, head }: { socket: Socket; head: Buffer },
): Promise<void> {
  const target = URL.parse(`http://${authority}`);
  if (!target?.hostname || !/:\d+$/.test(authority)) {
    throw new Unreachable('http_request_error', `Cannot connect to "${authority}": it is not a host and a port`);
  }
  // URL drops a port 80 as the default of http.
  const connection = await reach(options, target.hostname, Number(target.port || 80));
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) connection.write(head);
  join(socket, connection);
}

async function forward(options: ProxyOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const target = URL.parse(String(req.url));
  if (target?.protocol !== 'http:') {
    const example = 'curl -x http://127.0.0.1:PORT http://shop.example.test/';
    throw new Unreachable(
      'http_request_error',
      `Cannot answer "${req.url}": this is a proxy into the small internet, used as ${example}`,
    );
  }
  const connection = await reach(options, target.hostname, Number(target.port || 80));
  const onward = request({
    method: String(req.method),
    path: `${target.pathname}${target.search}`,
    headers: ['Host', target.host, ...passedOn(req.rawHeaders, ['host'])],
    createConnection: () => connection,
  });
  pipeline(req, onward, () => {});
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  onward.on('error', () => res.destroy());
  res.sendDate = false;
  res.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders));
  pipeline(answer, res, () => {});
}

/** Header names and values by turns, without those that end at the proxy. */
function passedOn(raw: string[], without: string[] = []): string[] {
  const dropped = [...HOP_BY_HOP, ...without];
  return raw.filter((_, at) => !dropped.includes(String(raw[at - (at % 2)]).toLowerCase()));
}

/** Connects to the first address of a host that takes the connection. */
async function reach(options: ProxyOptions, hostname: string, port: number): Promise<Connection> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await lookUp(options, host);
  let failure = new Unreachable('dns_error', `Cannot reach "${host}": it has no address`);
  for (const address of addresses) {
    try {
      return await connect(options, { host, address, port });
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      failure = error;
    }
  }
  throw failure;
}

async function lookUp({ resolve }: ProxyOptions, host: string): Promise<string[]> {
  const found = [await resolve(host, 'A'), await resolve(host, 'AAAA')];
  const addresses = found.flatMap(({ answers }) =>
    answers.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => String(data)),
  );
  if (addresses.length > 0) return addresses;
  const reasons: Record<string, string> = {
    NXDOMAIN: 'there is no such name (NXDOMAIN)',
    SERVFAIL: 'no name server gives an answer for it (SERVFAIL)',
    NOERROR: 'the name exists and has neither an A nor an AAAA record',
  };
  const { rcode } = found[0] ?? { rcode: 'SERVFAIL' };
  throw new Unreachable('dns_error', `Cannot reach "${host}": ${reasons[rcode] ?? rcode}`);
}

async function connect(
  { internet, clock, from = PERSON }: ProxyOptions,
  { host, address, port }: { host: string; address: string; port: number },
): Promise<Connection> {
  const place = host === address ? `${address} port ${port}` : `"${host}" at ${address} port ${port}`;
  const patience = new AbortController();
  const timer = clock.after(PATIENCE_SECONDS * 1000, () => patience.abort());
  try {
    const source = isIPv6(address) ? from.ipv6 : from.ipv4;
    return await internet.connect(source, { address, port }, { signal: patience.signal });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ECONNREFUSED')
      throw new Unreachable(
        'connection_refused',
        `Cannot reach ${place}: the connection is refused, nothing listens there`,
      );
    if (code === 'EHOSTUNREACH')
      throw new Unreachable('destination_ip_unroutable', `Cannot reach ${place}: there is no such host`);
    if (!patience.signal.aborted) throw error;
    const why = `nothing came back for ${PATIENCE_SECONDS} s, as when a security group drops the packets`;
    throw new Unreachable('connection_timeout', `Cannot reach ${place}: ${why}`);
  } finally {
    timer.cancel();
  }
}

interface Told {
  status: 400 | 502 | 504;
  sentence: string;
  /** "Proxy-Status", which tells programs why. */
  proxyStatus: string;
}

function told(error: unknown): Told {
  const reason = error instanceof Unreachable ? error.reason : 'proxy_internal_error';
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: STATUSES[reason],
    sentence: error instanceof Unreachable ? message : `Cannot get an answer: ${message}`,
    proxyStatus: `local-aws; error=${reason}`,
  };
}

function refuse(res: ServerResponse, error: unknown): void {
  const { status, sentence, proxyStatus } = told(error);
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'proxy-status': proxyStatus, connection: 'close' };
  if (res.headersSent) res.destroy();
  else res.writeHead(status, headers).end(`${sentence}\n`);
}

const PHRASES = { 400: 'Bad Request', 502: 'Bad Gateway', 504: 'Gateway Timeout' } as const;

function rawRefusal(error: unknown): string {
  const { status, sentence, proxyStatus } = told(error);
  const body = `${sentence}\n`;
  const head = [
    `HTTP/1.1 ${status} ${PHRASES[status]}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Proxy-Status: ${proxyStatus}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
