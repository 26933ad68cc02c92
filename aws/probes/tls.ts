import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect as connectTls,
  getCACertificates,
  rootCertificates,
  type TLSSocket,
} from 'node:tls';
import type { ServedCertificate } from '../../domain/probes/certificate.ts';
import { chainErrorOf } from './chain.ts';
import { openTcp, type ProbeOptions } from './tcp.ts';
import { Unreachable } from './unreachable.ts';

/** Verdicts of OpenSSL about the clock: it knows only the machine's, so dates are judged by `now` in domain/. */
export const DATE_ERRORS = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Node's own verdict about the name, which is looked at apart. */
export const NAME_ERROR = 'ERR_TLS_CERT_ALTNAME_INVALID';

export interface TlsTarget {
  address: string;
  port: number;
  /** Goes into SNI, and must be covered. */
  name: string;
}

/**
 * Completes a TLS handshake with an address under a name and shows the certificate, whatever is wrong with it. The
 * caller ends the socket.
 *
 * @throws {Unreachable} when no handshake comes about
 */
export async function openTls(
  target: TlsTarget,
  options: ProbeOptions,
): Promise<{ socket: TLSSocket; served: ServedCertificate }> {
  const socket = await shakeHands(await openTcp(target, options), target, { timeoutMs: options.timeoutMs });
  return { socket, served: servedBy(socket, target.name) };
}

/**
 * Completes a handshake over a TCP connection, whatever certificate is shown. `tls` narrows or widens what is offered.
 *
 * @throws {Unreachable}
 */
export function shakeHands(
  tcp: Socket,
  { address, port, name }: TlsTarget,
  { timeoutMs, tls = {} }: { timeoutMs: number; tls?: ConnectionOptions },
): Promise<TLSSocket> {
  const endpoint = `${address} port ${port} as "${name}"`;
  return new Promise<TLSSocket>((resolve, reject) => {
    const socket = connectTls({
      socket: tcp,
      servername: name,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ...tls,
    });
    const fail = (error: unknown) => {
      clearTimeout(late);
      reject(error);
      socket.destroy();
      tcp.destroy();
    };
    const late = setTimeout(() => {
      fail(new Unreachable('ETIMEDOUT', `Cannot reach ${endpoint}: no TLS within ${timeoutMs} ms`));
    }, timeoutMs);
    // Both stay: an error after the handshake is handled by the socket's user, and must not end the process.
    socket.on('error', fail);
    socket.once('close', () => fail(new Unreachable('ECONNRESET', `Cannot reach ${endpoint}: the connection closed`)));
    socket.once('secureConnect', () => {
      clearTimeout(late);
      resolve(socket);
    });
  }).catch((error: unknown) => {
    throw Unreachable.from(error, endpoint);
  });
}

function servedBy(socket: TLSSocket, name: string): ServedCertificate {
  const sent = certificatesAsSent(socket);
  const leaf = sent[0];
  if (!leaf) throw new Error(`Cannot read the certificate for "${name}": the handshake shows none`);
  const chainError = chainErrorBy(String(socket.authorizationError ?? ''), sent);
  return {
    names: dnsNames(leaf),
    covers: leaf.checkHost(name) !== undefined,
    issuer: leaf.issuer.split('\n').reverse().join(','),
    serialNumber: leaf.serialNumber,
    validFrom: leaf.validFromDate,
    validTo: leaf.validToDate,
    ...(chainError === undefined ? {} : { chainError }),
  };
}

/** More are not read. */
const MOST_SENT = 20;

/** Walked from the leaf by `issuerCertificate`: the certificates as the endpoint sent them, each as often as it was sent. */
export function certificatesAsSent(socket: TLSSocket): X509Certificate[] {
  const sent: X509Certificate[] = [];
  for (let next = socket.getPeerX509Certificate(); next && sent.length < MOST_SENT; next = next.issuerCertificate) {
    sent.push(next);
  }
  return sent;
}

function chainErrorBy(verdict: string, sent: readonly X509Certificate[]): string | undefined {
  if (verdict === '' || verdict === NAME_ERROR) return undefined;
  if (!DATE_ERRORS.has(verdict)) return verdict;
  return chainErrorOf(sent, trustedRoots());
}

/** The roots that this process trusts. Node 20, which the doctor runs on too, has no `getCACertificates`: there Node's own. */
export function trustedRoots(): X509Certificate[] {
  const pems = typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
  return pems.map((pem) => new X509Certificate(pem));
}

/** "DNS:shop.example.test, DNS:www.shop.example.test" */
export function dnsNames({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:'))
    .map((entry) => entry.slice('DNS:'.length).toLowerCase());
}
