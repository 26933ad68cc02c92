import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { ServerMaterial } from '../certificates.ts';
import type { Kind } from './kinds.ts';

/** Takes OpenSSL's own floor away: without it this machine's servers refuse to be as weak as some outside are. */
const NO_FLOOR = 'DEFAULT@SECLEVEL=0';

const TLS: Partial<Record<Kind, TlsOptions>> = {
  weakKey: { ciphers: NO_FLOOR },
  oldProtocol: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: NO_FLOOR },
  // Not among those that CloudFront offers an origin. Source: CloudFront Developer Guide, "Supported protocols and ciphers
  // between CloudFront and the origin", checked 2026-11-29.
  otherCipher: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' },
  otherCipher13: { minVersion: 'TLSv1.3', ciphers: 'TLS_CHACHA20_POLY1305_SHA256' },
  otherCurve: { ecdhCurve: 'P-521' },
  clientCertificate13: { requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
  clientCertificate: { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
  tls13: { minVersion: 'TLSv1.3' },
  tls12: { maxVersion: 'TLSv1.2' },
};

/** Between two bytes of a page that never ends. */
const DRIP_MS = 20;

/** A page as a healthy site serves it. */
const page: RequestListener = (_, response) => {
  response.writeHead(200, { 'strict-transport-security': 'max-age=31536000' }).end('well\n');
};

/** The server of a kind, not listening yet; it answers pages by `listener` where it comes to one. */
export function serverOf(kind: Kind, material: ServerMaterial, listener: RequestListener = page): Server {
  if (kind === 'plainHttp') return createHttpServer(listener);
  if (kind === 'closesAtOnce') return createTcpServer((socket) => socket.destroy());
  if (kind === 'silent') return createTcpServer((socket) => socket.on('error', () => socket.destroy()).resume());
  const pages = kind === 'noPage' ? () => {} : kind === 'drip' ? dripping : listener;
  // A client that gives up in the handshake is nobody's error.
  return createHttpsServer({ ...material, ...TLS[kind] }, pages).on('tlsClientError', (_, socket) => socket.destroy());
}

/** Writes the head of an answer a byte at a time, as long as the client stays. */
const dripping: RequestListener = (_, { socket }) => {
  socket?.write('HTTP/1.1 200 OK\r\nX-Drip: ');
  const timer = setInterval(() => socket?.write('x'), DRIP_MS);
  socket?.on('close', () => clearInterval(timer)).on('error', () => {});
};
