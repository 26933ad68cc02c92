import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { aCertificate, inOrder } from '../../support/certificates.ts';
import { type ALambda, aLambda } from './a-lambda.ts';

const address = '203.0.113.10';

describe('the network of a function', () => {
  let aws: ALambda;
  let authority: Authority;
  beforeEach(async () => {
    authority = await Authority.create();
    aws = await aLambda({ deps: { authorities: () => [authority.rootPem] } });
  });
  afterEach(async () => {
    await aws.close();
  });

  const says: RequestListener = (request, response) => {
    const { remoteAddress } = request.socket as { remoteAddress?: string };
    response.end(`${request.headers.host} from ${remoteAddress}`);
  };

  test('reaches an address of the small internet by net, http and fetch, and shows it as the peer', async () => {
    const server = createServer(says);
    aws.internet.listen({ address, port: 80 }, (connection) => server.emit('connection', connection));
    await aws.aFunction(
      'reach',
      `import { get } from 'node:http'; import { connect } from 'node:net'; import { text } from 'node:stream/consumers';
       export const handler = async ({ address }) => {
         const socket = connect(80, address);
         await new Promise((done, fail) => socket.once('connect', done).once('error', fail));
         const peer = [socket.remoteAddress, socket.remotePort, socket.remoteFamily];
         socket.destroy();
         const answer = await new Promise((done, fail) =>
           get({ host: address, port: 80, headers: { host: 'shop.example.test' } }, done).on('error', fail));
         return { peer, gone: socket.remoteAddress ?? null, http: await text(answer),
           fetch: await (await fetch('http://' + address + '/')).text() };
       };`,
    );
    expect((await aws.invoke('reach', { address })).payload).toEqual({
      peer: [address, 80, 'IPv4'],
      gone: null,
      http: 'shop.example.test from 198.51.100.20',
      fetch: `${address} from 198.51.100.20`,
    });
  });

  test('speaks TLS to it and trusts the local authority', async () => {
    const server = createTlsServer(inOrder(await aCertificate(authority)), (request, response) => {
      response.end(`${request.headers.host} by ${(request.socket as TLSSocket).getProtocol()}`);
    });
    aws.internet.listen({ address, port: 443 }, (connection) => server.emit('connection', connection));
    await aws.aFunction(
      'tls',
      `import { request } from 'node:https'; import { connect } from 'node:tls'; import { text } from 'node:stream/consumers';
       export const handler = async ({ address }) => {
         const shaken = (servername) => new Promise((done) => {
           const socket = connect({ host: address, port: 443, servername }, () => { done(socket.authorized); socket.destroy(); });
           socket.once('error', ({ code }) => done(code));
         });
         const shakes = await Promise.all([shaken('shop.example.test'), shaken('other.example.test')]);
         const answer = await new Promise((done, fail) => request({ host: 'shop.example.test',
           lookup: (name, options, found) => options.all ? found(null, [{ address, family: 4 }]) : found(null, address, 4),
         }, done).on('error', fail).end());
         return { shakes, https: await text(answer) };
       };`,
    );
    expect((await aws.invoke('tls', { address })).payload).toEqual({
      shakes: [true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
      https: 'shop.example.test by TLSv1.3',
    });
  });

  test('has the local authority among the trusted ones before anything speaks TLS', async () => {
    await aws.aFunction(
      'trusted',
      `import { getCACertificates } from 'node:tls';
       export const handler = ({ pem }) => getCACertificates('default').some((one) => one.trim() === pem.trim());`,
    );
    expect((await aws.invoke('trusted', { pem: authority.rootPem })).payload).toBe(true);
  });

  test('is refused by a closed port, finds no route to an address that is not there, waits for what is filtered', async () => {
    aws.internet.attach(address);
    aws.internet.guard('203.0.113.11', () => false);
    aws.internet.attach('203.0.113.11');
    await aws.aFunction(
      'knock',
      `import { connect } from 'node:net';
       export const handler = async ({ hosts }) => Promise.all(hosts.map((host) => new Promise((done) => {
         const socket = connect({ host, port: 22 });
         socket.setTimeout(100, () => { done('silence'); socket.destroy(); });
         socket.once('error', ({ code, syscall, message }) => done([code, syscall, message]));
         socket.once('connect', () => done('open'));
       })));`,
    );
    const hosts = [address, '203.0.113.99', '203.0.113.11'];
    expect((await aws.invoke('knock', { hosts })).payload).toEqual([
      ['ECONNREFUSED', 'connect', `connect ECONNREFUSED ${address}:22`],
      ['EHOSTUNREACH', 'connect', 'connect EHOSTUNREACH 203.0.113.99:22'],
      'silence',
    ]);
  });

  test('A2: has no IPv6, and learns so by whichever code the seed draws', async () => {
    await aws.aFunction(
      'without-ipv6',
      `import { connect } from 'node:net';
       export const handler = async ({ hosts }) => Promise.all(hosts.map((host) => new Promise((done) =>
         connect({ host, port: 443 }).once('error', ({ code }) => done(code)).once('connect', () => done('open')))));`,
    );
    const hosts = Array.from({ length: 40 }, (_, host) => `2001:db8::${host + 1}`);
    for (const host of hosts) aws.internet.listen({ address: host, port: 443 }, () => {});
    const { payload } = await aws.invoke('without-ipv6', { hosts });
    expect(new Set(payload as string[])).toEqual(
      new Set(['EAFNOSUPPORT', 'EPERM', 'EINVAL', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']),
    );
  });

  test('goes straight to the loopback', async () => {
    const server = createServer((_, response) => response.end('loopback'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await aws.aFunction(
      'home',
      'export const handler = async ({ port }) => (await fetch("http://127.0.0.1:" + port)).text();',
    );
    const { port } = server.address() as AddressInfo;
    expect((await aws.invoke('home', { port })).payload).toBe('loopback');
    server.closeAllConnections();
    server.close();
  });

  test('hears the error of a look-up of its own', async () => {
    await aws.aFunction(
      'name',
      `import { connect } from 'node:net';
       export const handler = () => new Promise((done) =>
         connect({ host: 'shop.example.test', port: 80, lookup: (n, o, found) => found(new Error('no such name')) })
           .once('error', (error) => done(error.message)));`,
    );
    expect((await aws.invoke('name')).payload).toBe('no such name');
  });

  test('carries no datagrams and says so, to sockets and to the DNS client inside Node', async () => {
    await aws.aFunction(
      'udp',
      `import { createSocket } from 'node:dgram'; import { resolve4, promises } from 'node:dns';
       const said = (act) => { try { act(); } catch (error) { return error.message; } };
       export const handler = async () => {
         const socket = createSocket('udp4');
         const answer = [said(() => socket.send('x', 53, '192.0.2.1')), said(() => resolve4('example.test', () => {})),
           said(() => new promises.Resolver().resolveNs('example.test'))];
         socket.close();
         return answer;
       };`,
    );
    expect((await aws.invoke('udp')).payload).toEqual([
      'Cannot send a datagram to 192.0.2.1: the small internet carries TCP only',
      'Cannot use dns.resolve4(): the small internet carries no datagrams; ask its servers over TCP',
      'Cannot use dns.resolveNs(): the small internet carries no datagrams; ask its servers over TCP',
    ]);
  });
});
