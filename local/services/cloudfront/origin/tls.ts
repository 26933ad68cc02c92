import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import type { Origin } from '@aws-sdk/client-cloudfront';
import type { Connection } from '../../../internet/internet.ts';
import { isAccepted } from './certificate-check.ts';
import { OriginFailure } from './failure.ts';
import { SentCertificates } from './sent-certificates.ts';

// Source: CloudFront Developer Guide, "Supported protocols and ciphers between CloudFront and the origin"; checked 2026-11-29.
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA',
  'AES256-SHA',
  'AES128-SHA',
];
const CURVES = 'P-256:P-384:X25519';

/** Oldest first. SSLv3 is in no OpenSSL any more. */
const VERSIONS: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2'];

/** Node's own verdict about one name. */
const NAME_ERROR = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** OpenSSL 3 speaks TLS 1.0 and 1.1 at this level only. */
const OLD_PROTOCOL_LEVEL = '@SECLEVEL=0';

/**
 * The handshake with an origin: as lenient as CloudFront, and as strict. The certificate must be trusted, valid now and for the
 * origin's name or the Host that is sent; its chain must be complete and in order. Throws OriginFailure, a 502.
 */
export function secureOrigin(
  connection: Connection,
  {
    origin,
    serverName,
    names,
    authorities,
    now,
  }: { origin: Origin; serverName: string; names: readonly string[]; authorities: readonly string[]; now: Date },
): Promise<TLSSocket> {
  const sent = new SentCertificates(connection);
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: connection,
      servername: serverName,
      ca: [...authorities],
      ALPNProtocols: ['http/1.1'],
      // What OpenSSL finds is judged below, with what it forgives and by AWS time.
      rejectUnauthorized: false,
      ecdhCurve: CURVES,
      ...offered(origin),
    });
    const fail = (): void => {
      socket.destroy();
      connection.destroy();
      reject(new OriginFailure(502, 'handshake'));
    };
    socket.on('keylog', (line) => sent.learn(line));
    socket.once('error', fail);
    socket.once('close', fail);
    socket.once('secureConnect', () => {
      const verdict = String(socket.authorizationError ?? '');
      const judging = { verdict: verdict === NAME_ERROR ? '' : verdict, names, now, authorities };
      if (!isAccepted(sent.certificates(socket.getCipher().standardName), judging)) return fail();
      socket.off('close', fail);
      socket.off('error', fail);
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}

/** TLS 1.3 is spoken without being listed; the list of an origin's settings has the older versions only. */
function offered({ CustomOriginConfig }: Origin): {
  minVersion: SecureVersion;
  maxVersion: SecureVersion;
  ciphers: string;
} {
  const listed = VERSIONS.filter((version) =>
    CustomOriginConfig?.OriginSslProtocols?.Items?.includes(version as never),
  );
  const oldest = listed[0] ?? 'TLSv1.2';
  const newest = listed.at(-1) ?? 'TLSv1.2';
  const old = oldest !== 'TLSv1.2';
  return {
    minVersion: oldest,
    maxVersion: newest === 'TLSv1.2' ? 'TLSv1.3' : newest,
    ciphers: [...CIPHERS, ...(old ? [OLD_PROTOCOL_LEVEL] : [])].join(':'),
  };
}
