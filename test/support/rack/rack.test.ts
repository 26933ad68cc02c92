import type { Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Internet } from '../../../local/internet/internet.ts';
import { PERSON } from '../../../local/internet/proxy.ts';
import { CERTIFICATE_FAULTS, HEALTHY, type Kind } from './kinds.ts';
import { Rack } from './rack.ts';

let rack: Rack;
beforeAll(async () => {
  rack = await Rack.open();
});
afterAll(() => rack.close());

/** What a client with OpenSSL's defaults makes of a server: its verdict on the certificate, or how the connection ends. */
function verdict(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const options = { servername: 'shop.example.test', ca: rack.rootPem, rejectUnauthorized: false };
    const secure: TLSSocket = connectTls({ socket, ...options }, () => {
      resolve(secure.authorized ? 'trusted' : String(secure.authorizationError));
      secure.destroy();
    });
    const failed = (error: NodeJS.ErrnoException): void => resolve(error.code ?? error.message);
    secure.on('error', failed);
    socket.on('error', failed);
  });
}

const verdicts = async (kinds: readonly Kind[]): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, await verdict((await rack.serve(kind))())] as const)),
  );

test('each server shows its own fault to a client with OpenSSL, and the healthy ones none', async () => {
  expect(await verdicts([...CERTIFICATE_FAULTS, ...HEALTHY])).toEqual({
    expired: 'CERT_HAS_EXPIRED',
    notYetValid: 'CERT_NOT_YET_VALID',
    selfSigned: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    unknownIssuer: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    incompleteChain: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    // Clients forgive it, CloudFront and ACM do not.
    wrongOrder: 'trusted',
    wrongName: 'ERR_TLS_CERT_ALTNAME_INVALID',
    // What OpenSSL calls a key below its floor depends on its version.
    weakKey: expect.not.stringMatching(/^trusted$/),
    // Not every client does, as OpenSSL and Node here do.
    p521Key: 'trusted',
    leafTwice: 'trusted',
    strangerInChain: 'trusted',
    ...Object.fromEntries(HEALTHY.map((kind) => [kind, 'trusted'])),
  });
});

test('the others end before there is a certificate', async () => {
  expect(
    await verdicts(['oldProtocol', 'clientCertificate', 'closesAtOnce', 'plainHttp', 'closed', 'noRoute']),
  ).toEqual({
    oldProtocol: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    clientCertificate: expect.stringMatching(/HANDSHAKE_FAILURE/),
    closesAtOnce: 'ECONNRESET',
    plainHttp: expect.stringMatching(/^ERR_SSL_/),
    closed: 'ECONNREFUSED',
    noRoute: 'EHOSTUNREACH',
  });
});

test('plugged into the small internet they are met there as outside', async () => {
  const internet = new Internet();
  const kinds = ['ecdsa256', 'closed', 'filtered', 'noRoute', 'silent'] as const;
  const place = (at: number) => ({ address: `203.0.113.${at + 1}`, port: 443 });
  const leave = await Promise.all(kinds.map((kind, at) => rack.plugIn(internet, place(at), { kind })));
  expect(kinds.map((_, at) => internet.reach(PERSON.ipv4, place(at)))).toEqual([
    'open',
    'refused',
    'filtered',
    'unreachable',
    'open',
  ]);
  const connection = await internet.connect(PERSON.ipv4, place(0));
  expect(await verdict(connection as unknown as Socket)).toBe('trusted');
  for (const take of leave) take();
  expect(internet.reach(PERSON.ipv4, place(0))).toBe('unreachable');
});
