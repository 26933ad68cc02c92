import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Connection } from '../../../../internet/internet.ts';
import { speakHttp1 } from '../../../../internet/speak-http.ts';
import { validity } from '../../validity.ts';
import type { Acme } from '../acme.ts';
import { ADDRESS, hostOf, regionOf } from './host.ts';

const HTTP = { headerBytes: 16_384, refusal: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n' };

/** How long before its end a host's certificate is made anew. */
const RENEWED_MS = 45 * 86_400_000;

/** Serves every endpoint of every Region by TLS 1.2 and 1.3 and HTTP/1.1. */
export function listenForAcme(acme: Acme): void {
  const contextOf = hostContexts(acme);
  acme.around.internet.listen({ address: ADDRESS, port: 443 }, (connection) => {
    serve(acme, connection, contextOf).catch((error: Error) => connection.destroy(error));
  });
}

type ContextOf = (host: string) => Promise<SecureContext>;

async function serve(acme: Acme, connection: Connection, contextOf: ContextOf): Promise<void> {
  connection.on('error', () => connection.destroy());
  // What checks signatures is loaded with the first connection: it is a thirtieth of the start, and few worlds have an ACME client.
  const { answerRequest } = await import('./answer-request.ts');
  const socket = new TLSSocket(connection, {
    isServer: true,
    secureContext: await contextOf(hostOf(acme.acm.host.homeRegion)),
    ALPNProtocols: ['http/1.1'],
    SNICallback: (name, answer) => {
      const host = regionOf(name) === undefined ? hostOf(acme.acm.host.homeRegion) : name.toLowerCase();
      contextOf(host).then(
        (context) => answer(null, context),
        (error: Error) => answer(error),
      );
    },
  });
  // A handshake that fails: the client has had its alert.
  socket.on('error', () => connection.destroy());
  socket.once('close', () => connection.destroy());
  socket.once('secure', () => {
    speakHttp1(
      socket,
      ({ request, response }) => {
        void answerRequest(acme, request as never, response as never);
      },
      HTTP,
    );
  });
}

/** The certificate of each host, by the local authority, made at the first handshake and renewed in time. */
function hostContexts({ acm }: Acme): ContextOf {
  const made = new Map<string, { until: number; context: Promise<SecureContext> }>();
  return (host) => {
    const now = acm.host.clock.now();
    const known = made.get(host);
    if (known && now.getTime() < known.until) return known.context;
    const dates = validity(now, acm.wallNow());
    const context = acm.authority
      .issue({ names: [host], keyAlgorithm: 'EC_prime256v1', ...dates })
      .then(({ certificatePem, privateKeyPem }) =>
        createSecureContext({
          cert: certificatePem + acm.authority.intermediatePem,
          key: privateKeyPem,
          minVersion: 'TLSv1.2',
        }),
      );
    // A failure is told, and not kept.
    context.catch(() => made.delete(host));
    made.set(host, { until: dates.notAfter.getTime() - RENEWED_MS, context });
    return context;
  };
}
