import type { Resolver } from '../dns/resolver.ts';
import { type Connect, connectPublic } from '../probes/connect.ts';
import { type HeadedPage, readPage } from '../probes/page.ts';
import { openTls } from '../probes/tls.ts';
import { Unreachable } from '../probes/unreachable.ts';

/** For connecting, handshake and answer each. */
const TIMEOUT_MS = 5_000;

const MAX_REDIRECTS = 3;

/** So many addresses of one name are tried in turn. */
const MAX_ADDRESSES = 2;

interface Fetching {
  /** Addresses come from the authoritative name servers, and only public ones are connected to (failures S4). */
  dns: Resolver;
  connect?: Connect | undefined;
  /** Certificates are judged by it. */
  now: Date;
  /** What is longer is not read. */
  mostBytes: number;
}

/** JSON, nothing of that name, or when to ask again. */
export type FetchedJson = { json: unknown } | { json?: undefined; retryAfterSeconds?: number };

/**
 * JSON of a public https URL, over a few redirects to others, without anything that tells who asks.
 *
 * @throws {Unreachable} where nothing answers under a certificate of the name
 * @throws {DnsFailure}
 */
export async function fetchJson(url: string, fetching: Fetching): Promise<FetchedJson> {
  let at = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const { status, location, retryAfter, body } = await fetchOnce(new URL(at), fetching);
    if (location !== undefined && status >= 300 && status < 400) {
      at = new URL(location, at).href;
      continue;
    }
    if (status === 429 || status === 503) return { retryAfterSeconds: Number.parseInt(retryAfter ?? '', 10) || 0 };
    return status === 200 ? { json: parsed(body) } : {};
  }
  throw new Unreachable('EREDIRECT', `Cannot read "${url}": more than ${MAX_REDIRECTS} redirects`);
}

async function fetchOnce(url: URL, { dns, connect = connectPublic, now, mostBytes }: Fetching): Promise<HeadedPage> {
  const { hostname: name, pathname, search } = url;
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    throw new Unreachable('EPROTO', `Cannot read "${url.href}": only https on its own port is asked`);
  const failures: string[] = [];
  for (const address of (await dns.addresses(name)).slice(0, MAX_ADDRESSES)) {
    try {
      const { socket, served } = await openTls({ address, port: 443, name }, { connect, timeoutMs: TIMEOUT_MS });
      if (!served.covers || served.chainError !== undefined || served.validFrom > now || served.validTo < now) {
        socket.destroy();
        failures.push(`${address} shows no valid certificate for "${name}"`);
        continue;
      }
      const headers = { accept: 'application/rdap+json, application/json' };
      return await readPage(socket, { host: name, path: pathname + search, timeoutMs: TIMEOUT_MS, mostBytes, headers });
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      failures.push(error.message);
    }
  }
  throw new Unreachable('EHOSTUNREACH', `Cannot read "${url.href}": ${failures.join('; ') || 'no address'}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
