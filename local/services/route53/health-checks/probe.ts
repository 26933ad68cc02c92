import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect as connectTls, createSecureContext, type TLSSocket } from 'node:tls';
import type { Clock } from '../../../clock/clock.ts';
import type { Endpoint, Internet } from '../../../internet/internet.ts';
import type { Settings } from './health-check.ts';

// Source: Route 53 Developer Guide, "How Amazon Route 53 determines whether a health check is healthy"; checked 2026-11-30.
const CONNECT_MS = 4_000;
const STATUS_MS = 2_000;
const BODY_MS = 2_000;
const TCP_MS = 10_000;
const SEARCHED_BYTES = 5_120;

/** TLS 1.2 at most, with whatever an endpoint offers. */
const CHECKERS = createSecureContext({ minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: 'DEFAULT@SECLEVEL=0' });

/** What one check of an endpoint has found; `status` as GetHealthCheckStatus words it. */
export interface Finding {
  ok: boolean;
  status: string;
}

export interface Probing {
  clock: Clock;
  internet: Internet;
  /** Names the check in the request. */
  checkId: string;
  settings: Settings;
  from: string;
  to: Endpoint;
}

const TIMED_OUT =
  'Connection timed out. The endpoint or the internet connection is down, or requests are being blocked by your firewall. See https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-router-firewall-rules.html';

/** Something that took longer than a checker waits. */
class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** Checks an endpoint once, over the small internet. A failure is a finding, never an error. */
export async function probe(probing: Probing): Promise<Finding> {
  const open: Duplex[] = [];
  const keep = <Socket extends Duplex>(socket: Socket): Socket => {
    open.push(socket.on('error', () => socket.destroy()));
    return socket;
  };
  try {
    if (probing.settings.Type === 'TCP') {
      await within(probing.clock, TCP_MS, async (signal) => keep(await connect(probing, signal)));
      return { ok: true, status: 'Success' };
    }
    const socket = await within(probing.clock, CONNECT_MS, (signal) => secured(probing, { keep, signal }));
    return await asked(probing, socket);
  } catch (error) {
    return { ok: false, status: `Failure: ${reasonOf(error)}` };
  } finally {
    for (const socket of open) socket.destroy();
  }
}

const connect = ({ internet, from, to }: Probing, signal: AbortSignal) => internet.connect(from, to, { signal });

/** A connection that can be asked, whatever certificate the endpoint has. */
async function secured(
  probing: Probing,
  { keep, signal }: { keep: <Socket extends Duplex>(socket: Socket) => Socket; signal: AbortSignal },
): Promise<Duplex> {
  const { Type: type, EnableSNI: sni, FullyQualifiedDomainName: name = '' } = probing.settings;
  const shake = async (servername: string): Promise<TLSSocket> => {
    const socket = keep(await connect(probing, signal));
    const secure = keep(connectTls({ socket, servername, rejectUnauthorized: false, secureContext: CHECKERS }));
    await once(secure, 'secureConnect', { signal });
    return secure;
  };
  if (!type.startsWith('HTTPS')) return keep(await connect(probing, signal));
  if (!sni || name === '' || isIP(name)) return shake('');
  const named = await shake(name);
  // A certificate without the name: one more handshake, without naming it. That one counts, whatever it shows.
  return checkServerIdentity(name, named.getPeerCertificate()) ? shake('') : named;
}

async function asked({ clock, checkId, settings, to }: Probing, socket: Duplex): Promise<Finding> {
  const { ResourcePath: path = '/', SearchString: wanted } = settings;
  const sent = request({
    createConnection: () => socket,
    path: path.startsWith('/') ? path : `/${path}`,
    headers: {
      Host: hostOf(settings, to),
      Connection: 'close',
      Accept: '*/*',
      'User-Agent': `Amazon-Route53-Health-Check-Service (ref ${checkId}; report http://amzn.to/1vsZADi)`,
    },
  });
  sent.on('error', () => {});
  sent.end();
  const [response] = (await within(clock, STATUS_MS, (signal) => once(sent, 'response', { signal }))) as [
    IncomingMessage,
  ];
  response.on('error', () => {});
  const { statusCode: code = 0, statusMessage: words = '' } = response;
  const status = `HTTP Status Code ${code}, ${words}`;
  if (code < 200 || code >= 400) return { ok: false, status: `Failure: ${status}` };
  if (wanted === undefined) return { ok: true, status: `Success: ${status}` };
  const body = await within(clock, BODY_MS, () => beginningOf(response));
  return body.includes(wanted)
    ? { ok: true, status: `Success: ${status}` }
    : { ok: false, status: `Failure: ${status}. The response body does not contain the search string` };
}

/** The Host header: with the port, unless it is the protocol's own. */
function hostOf({ Type: type, Port: port, FullyQualifiedDomainName: name }: Settings, to: Endpoint): string {
  const host = name ?? (isIPv6(to.address) ? `[${to.address}]` : to.address);
  const usual = type.startsWith('HTTPS') ? 443 : 80;
  return port === usual ? host : `${host}:${port}`;
}

/** The string must be in the first 5,120 bytes as a whole. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= SEARCHED_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, SEARCHED_BYTES).toString();
}

async function within<Result>(
  clock: Clock,
  ms: number,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const { signal } = late;
  const timer = clock.after(ms, () => late.abort(new TooLate()));
  const end = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([act(signal), end]);
  } finally {
    timer.cancel();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TooLate || (error as Error).cause instanceof TooLate) return TIMED_OUT;
  const { code = '', reason } = error as { code?: string; reason?: string };
  // "If you don't enable SNI, the status of the health check will be SSL alert handshake_failure": the SDK's own documentation.
  if (code.startsWith('ERR_SSL')) {
    const alert = /alert (.+)$/.exec(reason ?? '')?.[1] ?? 'handshake failure';
    return `SSL alert ${alert.replaceAll(' ', '_')}`;
  }
  if (code === 'ECONNREFUSED') return 'Connection refused';
  if (code === 'EHOSTUNREACH') return TIMED_OUT;
  return 'Connection reset by peer';
}
