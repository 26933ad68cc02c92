import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  type ADistribution,
  aCloudFront,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  ask,
  get,
  getPlain,
  tlsTo,
  update,
} from './a-cloudfront.ts';

let world: ACloudFront;
let shop: ADistribution;
beforeAll(async () => {
  world = await aCloudFront();
  const certificate = await anAcmCertificate(world);
  shop = await aDistribution(world, { aliases: ['shop.example.test'], certificate });
  await anOrigin(world, { listener: (request, response) => response.end(`${request.method} ${request.url}`) });
});
afterAll(() => world.close());

test('a name is served over TLS with its certificate, from the origin', async () => {
  expect(await get(world, shop, { path: '/a?b=1' })).toMatchObject({
    status: 200,
    body: 'GET /a?b=1',
    headers: {
      'x-cache': 'Miss from cloudfront',
      via: expect.stringMatching(/^1\.1 [0-9a-f]{32}\.cloudfront\.net \(CloudFront\)$/),
      'x-amz-cf-pop': expect.any(String),
      'x-amz-cf-id': expect.stringMatching(/^[\w-]{54}==$/),
    },
  });
  const socket = await tlsTo(world, { ...shop, servername: 'shop.example.test' });
  expect(socket.getPeerCertificate().subjectaltname).toBe('DNS:shop.example.test');
});

test('the distribution is picked by the name, not by where the DNS led', async () => {
  const other = await aDistribution(world);
  expect(await get(world, other)).toMatchObject({ status: 200 });
  expect(await get(world, shop, { host: other.domainName })).toMatchObject({ status: 502 });
});

test('by the Host header, not by the name in the handshake', async () => {
  const socket = await tlsTo(world, { ...shop, servername: shop.domainName });
  expect(await ask(socket, { headers: { host: 'shop.example.test' } })).toMatchObject({ status: 200 });
});

test('a name that no distribution has gets no handshake, and no page over HTTP', async () => {
  await expect(tlsTo(world, { ...shop, servername: 'www.example.test' })).rejects.toMatchObject({
    code: expect.stringMatching(/ALERT_HANDSHAKE_FAILURE$/),
  });
  expect(await getPlain(world, shop, { host: 'www.example.test' })).toMatchObject({
    status: 403,
    headers: { 'x-cache': 'Error from cloudfront', server: 'CloudFront' },
    body: expect.stringContaining('<H1>403 ERROR</H1>'),
  });
});

test('without a server name, and for its own name, the certificate is that of cloudfront.net', async () => {
  const own = await tlsTo(world, { ...shop, servername: shop.domainName });
  expect(own.getPeerCertificate().subjectaltname).toBe('DNS:cloudfront.net, DNS:*.cloudfront.net');
  const unnamed = await tlsTo(world, { ...shop, rejectUnauthorized: false });
  expect(unnamed.getPeerCertificate().subjectaltname).toBe('DNS:cloudfront.net, DNS:*.cloudfront.net');
});

test('the minimum protocol version holds, whatever name comes first', async () => {
  const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await expect(tlsTo(world, { ...shop, servername: 'shop.example.test', ...old })).rejects.toThrow(/alert|protocol/i);
  const lenient = await tlsTo(world, { ...shop, servername: shop.domainName, ...old });
  expect(lenient.getProtocol()).toBe('TLSv1.1');
  const newest = await tlsTo(world, { ...shop, servername: 'shop.example.test' });
  expect(newest.getProtocol()).toBe('TLSv1.3');
});

test('C8: an edge location serves an alias only once the change has arrived there', async () => {
  const certificate = await anAcmCertificate(world, { domains: ['new.example.test'] });
  const distribution = await aDistribution(world, { aliases: ['new.example.test'], certificate, deployed: false });
  const serving = async () => {
    const tries = [0, 1, 2, 3].map((edge) =>
      tlsTo(world, { ...distribution, edge, servername: 'new.example.test' }).then(
        (socket) => socket.destroy().destroyed,
        () => false,
      ),
    );
    return (await Promise.all(tries)).filter(Boolean).length;
  };
  expect(await serving()).toBe(0);
  const seen = new Set<number>();
  for (let second = 0; second < 230; second += 10) {
    await world.aws.clock.advance(10_000);
    seen.add(await serving());
  }
  expect(await serving()).toBe(4);
  expect(seen.size).toBeGreaterThan(2);
});

test('a disabled distribution answers nobody', async () => {
  const certificate = await anAcmCertificate(world, { domains: ['off.example.test'] });
  const off = await aDistribution(world, { aliases: ['off.example.test'], certificate });
  await update(world, off.id, () => ({ Enabled: false }));
  await expect(tlsTo(world, { ...off, servername: 'off.example.test' })).rejects.toThrow(/handshake/i);
  expect(await getPlain(world, off, { host: off.domainName })).toMatchObject({ status: 403 });
});

test('HTTP is redirected, with the method kept where it changes something', async () => {
  expect(await getPlain(world, shop, { path: '/cart?id=1' })).toMatchObject({
    status: 301,
    headers: {
      location: 'https://shop.example.test/cart?id=1',
      server: 'CloudFront',
      'x-cache': 'Redirect from cloudfront',
    },
  });
  expect(await getPlain(world, shop, { method: 'POST' })).toMatchObject({ status: 307 });
});

test('HTTP/2 is spoken where the distribution has it', async () => {
  const socket = await tlsTo(world, { ...shop, servername: 'shop.example.test', ALPNProtocols: ['h2'] });
  const session = connectHttp2('https://shop.example.test', { createConnection: () => socket });
  const stream = session.request({ ':path': '/two' });
  const [headers] = await once(stream, 'response');
  let body = '';
  for await (const chunk of stream) body += chunk;
  session.destroy();
  expect([headers[':status'], body]).toEqual([200, 'GET /two']);
});

test('IPv6 addresses are there while IPv6 is on', async () => {
  expect(world.names.get(shop.domainName)?.aaaa()).toHaveLength(4);
  const four = await aDistribution(world, { IsIPV6Enabled: false });
  expect(world.names.get(four.domainName)?.aaaa()).toEqual([]);
});
