import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import type { CertificateSeen, NoAnswer, PageSeen, TlsSeen } from '../../domain/doctor/seen.ts';
import { type HeadedPage, readPage } from '../probes/page.ts';
import { openTcp, type ProbeOptions } from '../probes/tcp.ts';
import { certificatesAsSent, DATE_ERRORS, NAME_ERROR, shakeHands } from '../probes/tls.ts';
import { Unreachable } from '../probes/unreachable.ts';
import { certificateSeen, chainSeen } from './endpoint-chain.ts';

/** Takes OpenSSL's own floor away: what is weak is to be seen and named. */
const NO_FLOOR = 'DEFAULT@SECLEVEL=0';

/** What is looked at first: what a browser would take, and keys that it would not. */
export const AS_A_BROWSER: ConnectionOptions = { minVersion: 'TLSv1.2', ciphers: NO_FLOOR };

/** TLS 1.0 and 1.1 are deprecated. Source: RFC 8996, checked 2026-11-29. */
const DEPRECATED: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: NO_FLOOR };

/**
 * What CloudFront offers an origin whose settings list TLS 1.2: that, and 1.3 without being told. No ChaCha20.
 * Source: CloudFront Developer Guide, "Supported protocols and ciphers between CloudFront and the origin", checked 2026-11-29.
 */
const AS_CLOUDFRONT: ConnectionOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    ...['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'],
    ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ...['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ...['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA'],
    ...['ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA'],
    ...['AES128-SHA', 'AES256-SHA'],
    '@SECLEVEL=0',
  ].join(':'),
  ecdhCurve: 'prime256v1:secp384r1:X25519',
};

/** An alert alone has 7 bytes; no certificate is as short as this. */
const LEAST_CERTIFICATE_BYTES = 200;

/** Longest chain that is looked at. */
const MAX_CERTIFICATES = 10;

/** How an exchange is made, and whether the time for all of them is over: what is cut short then says nothing. */
export interface Patience extends ProbeOptions {
  isLate: () => boolean;
}

/** One address and port under one name, which goes into SNI and Host. */
export interface Spoken {
  address: string;
  port: number;
  name: string;
  trusted: readonly X509Certificate[];
  probe: Patience;
}

/** A handshake as a browser would make it, and the certificates that came with it, whatever is wrong with them. */
export async function lookAtTls(
  spoken: Spoken,
): Promise<{ socket: TLSSocket; seen: Omit<TlsSeen, 'page' | 'forCloudFront'> } | NoAnswer> {
  const socket = await handshake(AS_A_BROWSER, spoken);
  if ('stage' in socket) return socket;
  const sent = certificatesAsSent(socket).slice(0, MAX_CERTIFICATES);
  const [leaf, ...others] = sent;
  if (!leaf) {
    socket.destroy();
    return { stage: 'handshake', failure: 'NO_CERTIFICATE' };
  }
  const verdict = otherVerdict(String(socket.authorizationError ?? ''));
  return {
    socket,
    seen: {
      protocol: socket.getProtocol() ?? 'unknown',
      certificates: [certificateSeen(leaf), ...others.map((each): CertificateSeen => certificateSeen(each))],
      covers: leaf.checkHost(spoken.name) !== undefined,
      chain: chainSeen(sent, { trusted: spoken.trusted, verdict }),
    },
  };
}

/** Whether a handshake with what CloudFront offers comes about. What fails for another reason says nothing. */
export async function takesCloudFront(spoken: Spoken): Promise<boolean> {
  const socket = await handshake(AS_CLOUDFRONT, spoken);
  if ('stage' in socket) return socket.stage === 'connect' || ['ETIMEDOUT', 'NO_TIME'].includes(socket.failure);
  socket.destroy();
  return true;
}

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
export async function withInstead(ended: NoAnswer, spoken: Spoken): Promise<NoAnswer> {
  if (ended.failure === 'ETIMEDOUT') return ended;
  const [plain, oldProtocol] = await Promise.all([plainPage(spoken), oldest(spoken)]);
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
export async function oldest(spoken: Spoken): Promise<string | undefined> {
  const socket = await handshake(DEPRECATED, spoken);
  if ('stage' in socket) return undefined;
  const protocol = socket.getProtocol() ?? undefined;
  socket.destroy();
  return protocol;
}

export async function handshake(
  tls: ConnectionOptions,
  { address, port, name, probe }: Omit<Spoken, 'trusted'>,
): Promise<TLSSocket | NoAnswer> {
  const target = { address, port, name };
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

/** A page over a connection that is open. */
export async function pageOver(
  socket: Parameters<typeof readPage>[0],
  path: string,
  { name, probe, headers }: Pick<Spoken, 'name' | 'probe'> & { headers?: Record<string, string> },
): Promise<PageSeen | NoAnswer> {
  try {
    const { timeoutMs } = probe;
    return seenPage(await readPage(socket, { host: name, path, timeoutMs, ...(headers && { headers }) }));
  } catch (error) {
    return ended('page', error, probe);
  }
}

/** The front page over plain HTTP. */
export async function plainPage(spoken: Omit<Spoken, 'trusted'>): Promise<PageSeen | NoAnswer> {
  const { address, port, probe } = spoken;
  try {
    return await pageOver(await openTcp({ address, port }, probe), '/', spoken);
  } catch (error) {
    return ended('connect', error, probe);
  }
}

/** @throws what is no silence of an endpoint */
function ended(stage: NoAnswer['stage'], error: unknown, { isLate }: Patience): NoAnswer {
  if (!(error instanceof Unreachable)) throw error;
  return { stage, failure: isLate() ? 'NO_TIME' : error.failure };
}

export function seenPage({ status, headers, body }: HeadedPage): PageSeen {
  const lines = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return { status, headers: Object.fromEntries(lines), body };
}
