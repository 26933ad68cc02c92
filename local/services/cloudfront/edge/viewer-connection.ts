import { TLSSocket } from 'node:tls';
import type { Connection } from '../../../internet/internet.ts';
import { type Received, speakHttp1, speakHttp2 } from '../../../internet/speak-http.ts';
import { serverContext } from '../../../internet/tls-context.ts';
import { Idle } from '../../elbv2/traffic/idle.ts';
import type { CloudFront } from '../cloudfront.ts';
import { CERTIFICATE_REGION } from '../config/viewer-certificate.ts';
import { readClientHello } from './client-hello.ts';
import type { EdgeLocation } from './edge-location.ts';
import { bareRefusal } from './pages.ts';
import { serve } from './serve.ts';
import { DEFAULT_VIEWER_POLICY, VIEWER_POLICIES } from './viewer-policies.ts';

// Source: CloudFront Developer Guide, "Quotas" (request headers); checked 2026-11-29.
const HTTP1 = { headerBytes: 32_768, refusal: bareRefusal() };

/** How long a viewer's connection may be silent, in seconds; a WebSocket as long as any. Source: developer guide, "Quotas"; checked 2026-11-29. */
const IDLE_SECONDS = 600;

/** Fatal, handshake_failure: what a viewer gets that names a host which no distribution has. */
const HANDSHAKE_FAILURE = Buffer.from([21, 3, 3, 0, 2, 2, 40]);

/** A viewer's connection to an edge location. */
export interface Viewer {
  cloudFront: CloudFront;
  edge: EdgeLocation;
  connection: Connection;
  scheme: 'http' | 'https';
}

/** A viewer's connection whose handshake, if there is one, is over. */
export interface Side extends Viewer {
  serverName: string | undefined;
  idle: Idle;
}

/** Takes a viewer in. */
export function serveConnection(viewer: Viewer): void {
  const { cloudFront, connection, scheme } = viewer;
  const idle = new Idle({
    clock: cloudFront.host.clock,
    limitMs: () => IDLE_SECONDS * 1000,
    close: () => connection.destroy(),
  });
  connection.on('error', () => connection.destroy());
  connection.once('close', () => idle.stop());
  if (scheme === 'http') {
    speakHttp1(connection, answerOf({ ...viewer, serverName: undefined, idle }), HTTP1);
  } else {
    awaitHello(connection, (serverName) => void speakTls({ ...viewer, serverName, idle }));
  }
  connection.on('data', () => idle.touch());
}

/** Calls back with the name that the viewer wants a certificate for, the bytes put back to be read again. */
function awaitHello(connection: Connection, then: (serverName: string | undefined) => void): void {
  const read: Buffer[] = [];
  const take = (chunk: Buffer): void => {
    read.push(chunk);
    const hello = readClientHello(Buffer.concat(read));
    if (hello.says === 'more') return;
    connection.off('data', take);
    connection.pause();
    if (hello.says === 'nothing') {
      connection.end(bareRefusal());
      return;
    }
    connection.unshift(Buffer.concat(read));
    then(hello.serverName);
  };
  connection.on('data', take);
}

async function speakTls(side: Side): Promise<void> {
  const { connection } = side;
  const offer = await side.cloudFront.host.clock.during(() => offerFor(side));
  if (connection.destroyed) return;
  if (!offer) {
    connection.end(HANDSHAKE_FAILURE);
    return;
  }
  const socket = new TLSSocket(connection, {
    isServer: true,
    secureContext: serverContext(offer.policy, offer.certificate),
    ALPNProtocols: offer.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
  });
  // A handshake that fails: the viewer has had its alert.
  socket.on('error', () => connection.destroy());
  socket.once('close', () => connection.destroy());
  socket.once('secure', () => {
    if (socket.alpnProtocol === 'h2') speakHttp2(socket, answerOf(side));
    else speakHttp1(socket, answerOf(side), HTTP1);
  });
}

/** What the name is answered with; undefined when no distribution at this edge location has it. */
async function offerFor({ cloudFront, edge, serverName }: Side) {
  const policyOf = (name: string | undefined) => VIEWER_POLICIES.get(name ?? '') ?? VIEWER_POLICIES.get('TLSv1');
  if (serverName === undefined || serverName.endsWith('.cloudfront.net')) {
    const certificate = await cloudFront.around.defaultCertificate();
    const served = edge.distributionFor(serverName ?? '');
    const policy = policyOf(DEFAULT_VIEWER_POLICY);
    return policy && { policy, certificate, http2: served?.config.HttpVersion !== 'http1.1' };
  }
  const served = edge.distributionFor(serverName);
  const { ACMCertificateArn, MinimumProtocolVersion } = served?.config.ViewerCertificate ?? {};
  const certificate = ACMCertificateArn && cloudFront.around.certificates.find(ACMCertificateArn, CERTIFICATE_REGION);
  const policy = policyOf(MinimumProtocolVersion);
  if (!served || !certificate || !policy) return undefined;
  return { policy, certificate, http2: ['http2', 'http2and3'].includes(String(served.config.HttpVersion)) };
}

const answerOf =
  (side: Side) =>
  (received: Received): void =>
    void serve({ ...side, ...received });
