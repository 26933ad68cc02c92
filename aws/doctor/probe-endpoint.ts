import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import type {
  CertificateSeen,
  EndpointSeen,
  NoAnswer,
  PageSeen,
  PlainSeen,
  SecureSeen,
} from '../../domain/doctor/seen.ts';
import type { Resolver } from '../dns/resolver.ts';
import { type HeadedPage, readPage } from '../probes/page.ts';
import { openTcp, type ProbeOptions } from '../probes/tcp.ts';
import { certificatesAsSent, DATE_ERRORS, NAME_ERROR, shakeHands } from '../probes/tls.ts';
import { Unreachable } from '../probes/unreachable.ts';
import { certificateSeen, chainSeen } from './endpoint-chain.ts';
import { walk } from './walk.ts';
import { ACCEPT, UPGRADE } from './web-socket.ts';

/** Takes OpenSSL's own floor away: what is weak is to be seen and named. */
const NO_FLOOR = 'DEFAULT@SECLEVEL=0';

/** What is looked at first: what a browser would take, and keys that it would not. */
const AS_A_BROWSER: ConnectionOptions = { minVersion: 'TLSv1.2', ciphers: NO_FLOOR };

/** TLS 1.0 and 1.1 are deprecated. Source: RFC 8996, checked 2026-11-29. */
const DEPRECATED: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: NO_FLOOR };

/**
 * What CloudFront offers an origin over TLS 1.2.
 * Source: CloudFront Developer Guide, "Supported protocols and ciphers between CloudFront and the origin", checked 2026-11-29.
 */
const AS_CLOUDFRONT: ConnectionOptions = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  ciphers: [
    ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ...['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ...['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA'],
    ...['ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA'],
    ...['AES128-SHA', 'AES256-SHA'],
    '@SECLEVEL=0',
  ].join(':'),
  ecdhCurve: 'prime256v1:secp384r1:X25519',
};

/** How an exchange is made, and whether the time for all of them is over: what is cut short then says nothing. */
export interface Patience extends ProbeOptions {
  isLate: () => boolean;
}

interface Looking {
  name: string;
  dns: Resolver;
  isPublic: (address: string) => boolean;
  trusted: readonly X509Certificate[];
  /** The path that a WebSocket upgrade is asked for. */
  webSocketPath: string;
  probe: Patience;
}

/** One address as a viewer of the name would meet it, over https and over http. Connects to ports 443 and 80 of it, and to nothing else. */
export async function probeEndpoint(address: string, looking: Looking): Promise<EndpointSeen> {
  const [secure, plain] = await Promise.all([lookSecure(address, looking), lookPlain(address, looking)]);
  return { address, secure, plain };
}

async function lookPlain(address: string, looking: Looking): Promise<PlainSeen | NoAnswer> {
  const start = new URL(`http://${looking.name}/`);
  const page = await plainPage(address, { ...looking, port: 80 });
  return 'stage' in page ? page : { page, walk: await walked(start, page, { address, ...looking }) };
}

async function lookSecure(address: string, looking: Looking): Promise<SecureSeen | NoAnswer> {
  const { name, trusted, webSocketPath } = looking;
  const first = await handshake(address, AS_A_BROWSER, looking);
  if ('stage' in first) return first.stage === 'handshake' ? withInstead(first, { address, ...looking }) : first;
  const protocol = first.getProtocol() ?? 'unknown';
  const sent = certificatesAsSent(first).slice(0, MAX_CERTIFICATES);
  const [leaf, ...others] = sent;
  const verdict = String(first.authorizationError ?? '');
  if (!leaf) {
    first.destroy();
    return { stage: 'handshake', failure: 'NO_CERTIFICATE' };
  }
  const [page, oldProtocol, cloudFront, upgrade] = await Promise.all([
    pageOver(first, '/', looking),
    oldest(address, looking),
    handshake(address, AS_CLOUDFRONT, looking),
    secureUpgrade(address, webSocketPath, looking),
  ]);
  if (!('stage' in cloudFront)) cloudFront.destroy();
  return {
    protocol,
    ...(oldProtocol !== undefined && { oldProtocol }),
    // Over TLS 1.3 it offers what every server takes.
    forCloudFront: protocol === 'TLSv1.3' || !('stage' in cloudFront),
    certificates: [certificateSeen(leaf), ...others.map((each): CertificateSeen => certificateSeen(each))],
    covers: leaf.checkHost(name) !== undefined,
    chain: chainSeen(sent, { trusted, verdict: otherVerdict(verdict) }),
    page,
    walk: 'stage' in page ? [] : await walked(new URL(`https://${name}/`), page, { address, ...looking }),
    upgrade,
  };
}

/** An alert alone has 7 bytes; no certificate is as short as this. */
const LEAST_CERTIFICATE_BYTES = 200;

/** Longest chain that is looked at. */
const MAX_CERTIFICATES = 10;

/** What OpenSSL refuses a certificate for beside its dates, its name and where its chain leads, which are looked at apart. */
function otherVerdict(verdict: string): string | undefined {
  const known = verdict === '' || verdict === NAME_ERROR || DATE_ERRORS.has(verdict) || CHAIN_ERRORS.has(verdict);
  return known ? undefined : verdict;
}

const CHAIN_ERRORS = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_CHAIN_TOO_LONG',
]);

/** What there is in the place of TLS as browsers speak it. */
async function withInstead(ended: NoAnswer, where: { address: string } & Looking): Promise<NoAnswer> {
  if (ended.failure === 'ETIMEDOUT') return ended;
  const [plain, oldProtocol] = await Promise.all([
    plainPage(where.address, { ...where, port: 443 }),
    oldest(where.address, where),
  ]);
  return {
    ...ended,
    instead: {
      ...ended.instead,
      ...(!('stage' in plain) && { plainStatus: plain.status }),
      ...(oldProtocol !== undefined && { oldProtocol }),
    },
  };
}

/** The newest deprecated version that a handshake comes about with. */
async function oldest(address: string, looking: Looking): Promise<string | undefined> {
  const socket = await handshake(address, DEPRECATED, looking);
  if ('stage' in socket) return undefined;
  const protocol = socket.getProtocol() ?? undefined;
  socket.destroy();
  return protocol;
}

async function handshake(
  address: string,
  tls: ConnectionOptions,
  { name, probe }: Looking,
): Promise<TLSSocket | NoAnswer> {
  const target = { address, port: 443, name };
  let tcp: Socket;
  try {
    tcp = await openTcp(target, probe);
  } catch (error) {
    return ended('connect', error, probe);
  }
  try {
    return await shakeHands(tcp, target, { timeoutMs: probe.timeoutMs, tls });
  } catch (error) {
    const end = ended('handshake', error, probe);
    return tcp.bytesRead < LEAST_CERTIFICATE_BYTES ? end : { ...end, instead: { afterCertificate: true } };
  }
}

async function secureUpgrade(address: string, path: string, looking: Looking): Promise<PageSeen | NoAnswer> {
  const socket = await handshake(address, AS_A_BROWSER, looking);
  if ('stage' in socket) return socket;
  const page = await pageOver(socket, path, { ...looking, headers: UPGRADE });
  const forged = !('stage' in page) && page.status === 101 && page.headers['sec-websocket-accept'] !== ACCEPT;
  return forged ? { stage: 'page', failure: 'BAD_ACCEPT' } : page;
}

async function pageOver(
  socket: Parameters<typeof readPage>[0],
  path: string,
  { name, probe, headers }: Looking & { headers?: Record<string, string> },
): Promise<PageSeen | NoAnswer> {
  try {
    const { timeoutMs } = probe;
    return seenPage(await readPage(socket, { host: name, path, timeoutMs, ...(headers && { headers }) }));
  } catch (error) {
    return ended('page', error, probe);
  }
}

async function plainPage(
  address: string,
  { port, ...looking }: Looking & { port: 80 | 443 },
): Promise<PageSeen | NoAnswer> {
  try {
    return await pageOver(await openTcp({ address, port }, looking.probe), '/', looking);
  } catch (error) {
    return ended('connect', error, looking.probe);
  }
}

/** Follows redirects at this address. */
function walked(start: URL, page: PageSeen, where: { address: string } & Looking): ReturnType<typeof walk> {
  const { address, ...looking } = where;
  const read = async (url: URL): Promise<PageSeen> => {
    const path = `${url.pathname}${url.search}`;
    const target = { address, port: url.protocol === 'https:' ? 443 : 80, name: looking.name };
    const tcp = await openTcp(target, looking.probe);
    const { timeoutMs } = looking.probe;
    const socket = target.port === 443 ? await shakeHands(tcp, target, { timeoutMs, tls: AS_A_BROWSER }) : tcp;
    return seenPage(await readPage(socket, { host: looking.name, path, timeoutMs }));
  };
  return walk(start, page, { ...looking, read });
}

/** @throws what is no silence of an endpoint */
function ended(stage: NoAnswer['stage'], error: unknown, { isLate }: Patience): NoAnswer {
  if (!(error instanceof Unreachable)) throw error;
  return { stage, failure: isLate() ? 'NO_TIME' : error.failure };
}

function seenPage({ status, headers, body }: HeadedPage): PageSeen {
  const lines = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return { status, headers: Object.fromEntries(lines), body };
}
