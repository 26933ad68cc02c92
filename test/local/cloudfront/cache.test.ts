import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  aCloudFront,
  type aConfig,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  CACHING_OPTIMIZED,
  get,
  VIEWER,
} from './a-cloudfront.ts';

const MODIFIED = 'Mon, 30 Nov 2026 10:00:00 GMT';
const CACHED = { behavior: { CachePolicyId: CACHING_OPTIMIZED } };
let world: ACloudFront;
let certificate: string;
let answer: RequestListener;
let asked: string[];
beforeAll(async () => {
  world = await aCloudFront();
  certificate = await anAcmCertificate(world, { domains: ['*.example.test'] });
  await anOrigin(world, {
    kind: 'wildcard',
    listener: (request, response) => {
      asked.push(String(request.headers['if-none-match'] ?? request.url));
      answer(request, response);
    },
  });
});
beforeEach(() => {
  asked = [];
  answer = (request, response) => {
    response.setHeader('etag', '"v1"').setHeader('last-modified', MODIFIED).setHeader('cache-control', 'max-age=60');
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else response.end('0123456789');
  };
});
afterAll(() => world.close());

let number = 0;
async function aSite(options: Parameters<typeof aConfig>[0] = CACHED) {
  const host = `c${++number}.example.test`;
  const distribution = await aDistribution(world, { aliases: [host], certificate, ...options });
  return {
    distribution,
    host,
    ask: (headers: Record<string, string> = {}, more: object = {}) =>
      get(world, distribution, { host, headers, ...more }),
  };
}

test('what one viewer has already is told to that viewer, and kept for no other', async () => {
  const site = await aSite();
  expect(await site.ask({ 'if-none-match': '"v1"' })).toMatchObject({ status: 304, body: '' });
  expect(await site.ask()).toMatchObject({ status: 200, body: '0123456789' });
});

test('a kept object is not sent to a viewer that has it', async () => {
  const site = await aSite();
  await site.ask();
  const hit = { status: 304, body: '', headers: { 'x-cache': 'Hit from cloudfront', etag: '"v1"' } };
  expect(await site.ask({ 'if-none-match': 'W/"v1"' })).toMatchObject(hit);
  expect(await site.ask({ 'if-modified-since': MODIFIED })).toMatchObject(hit);
  expect(await site.ask({ 'if-none-match': '"v0"', 'if-modified-since': MODIFIED })).toMatchObject({ status: 200 });
  expect(asked).toEqual(['/']);
});

test('a HEAD is answered by the object that a GET has brought', async () => {
  const site = await aSite();
  await site.ask();
  expect(await site.ask({}, { method: 'HEAD' })).toMatchObject({
    status: 200,
    body: '',
    headers: { 'x-cache': 'Hit from cloudfront', etag: '"v1"' },
  });
  expect(asked).toEqual(['/']);
});

test('a range of a kept object is sent alone', async () => {
  const site = await aSite();
  await site.ask();
  expect(await site.ask({ range: 'bytes=2-4' })).toMatchObject({
    status: 206,
    body: '234',
    headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3', 'x-cache': 'Hit from cloudfront' },
  });
  expect(await site.ask({ range: 'bytes=-3' })).toMatchObject({ status: 206, body: '789' });
  expect(await site.ask({ range: 'bytes=10-' })).toMatchObject({
    status: 416,
    headers: { 'content-range': 'bytes */10' },
  });
  expect(await site.ask({ range: 'bytes=2-4', 'if-range': '"v0"' })).toMatchObject({ status: 200, body: '0123456789' });
});

test('a stale object is not fetched again while the origin says that it is the same', async () => {
  const site = await aSite();
  await site.ask();
  await world.aws.clock.advance(61_000);
  const refreshed = { status: 200, body: '0123456789', headers: { 'x-cache': 'RefreshHit from cloudfront', age: '0' } };
  expect(await site.ask()).toMatchObject(refreshed);
  expect(await site.ask()).toMatchObject({ headers: { 'x-cache': 'Hit from cloudfront' } });
  expect(asked).toEqual(['/', '"v1"']);
  await world.aws.clock.advance(61_000);
  answer = (_, response) => response.setHeader('etag', '"v2"').end('new');
  expect(await site.ask({ 'if-none-match': '"v1"' })).toMatchObject({
    status: 200,
    body: 'new',
    headers: { 'x-cache': 'Miss from cloudfront' },
  });
});

describe('a behavior that compresses', () => {
  const compressing = { behavior: { CachePolicyId: CACHING_OPTIMIZED, Compress: true } };
  const page = 'hello world '.repeat(100);
  const sending =
    (headers: Record<string, string>, body = page): RequestListener =>
    (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length, ...headers }).end(body);
  const askFor = (site: Awaited<ReturnType<typeof aSite>>, encoding: string) =>
    site.ask({ 'accept-encoding': encoding });

  test('sends what the viewer takes, by Brotli before gzip, under a weak ETag, and keeps it so', async () => {
    const site = await aSite(compressing);
    answer = sending({ etag: '"v1"', 'accept-ranges': 'bytes' });
    const { headers } = await askFor(site, 'gzip, deflate, br');
    expect(headers).toMatchObject({ 'content-encoding': 'br', etag: 'W/"v1"', vary: 'Accept-Encoding' });
    expect(headers).not.toHaveProperty('content-length');
    const kept = await askFor(site, 'gzip, deflate, br');
    expect(kept.headers).toMatchObject({ 'x-cache': 'Hit from cloudfront', 'content-encoding': 'br' });
    expect((await askFor(site, 'gzip')).headers).toMatchObject({ 'content-encoding': 'gzip' });
    const plain = await askFor(site, 'identity');
    expect(plain).toMatchObject({ body: page, headers: { etag: '"v1"', 'content-length': String(page.length) } });
    expect(plain.headers).not.toHaveProperty('content-encoding');
  });

  test.each<[string, RequestListener, object]>([
    ['a short object', sending({}, 'short'), compressing],
    ['an image', sending({ 'content-type': 'image/png' }), compressing],
    ['what is encoded already', sending({ 'content-encoding': 'identity' }), compressing],
    [
      'what says no length',
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'text/html', 'transfer-encoding': 'chunked' }).end(page),
      compressing,
    ],
    ['what is not kept', sending({}), { behavior: { Compress: true } }],
    ['without Compress', sending({}), CACHED],
  ])('leaves %s as it is', async (_, listener, options) => {
    answer = listener;
    const { headers } = await askFor(await aSite(options), 'gzip, br');
    expect(['br', 'gzip']).not.toContain(headers['content-encoding']);
  });
});

test('a URL of more than 8,192 bytes is refused with 413', async () => {
  const { ask, host } = await aSite();
  const room = 8_192 - `https://${host}/`.length;
  expect(await ask({}, { path: `/${'a'.repeat(room)}` })).toMatchObject({ status: 200 });
  expect(await ask({}, { path: `/${'a'.repeat(room + 1)}` })).toMatchObject({
    status: 413,
    headers: { server: 'CloudFront', 'x-cache': 'Error from cloudfront' },
  });
});

test('HTTP/1.0 has no redirect that keeps a method, so that only a GET is sent to HTTPS', async () => {
  const { host, distribution } = await aSite();
  const statusOf = async (method: string): Promise<string> => {
    const address = world.names.get(distribution.domainName)?.a()[0] ?? '';
    const connection = await world.internet.connect(VIEWER, { address, port: 80 });
    connection.write(`${method} / HTTP/1.0\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`);
    const [chunk] = (await once(connection, 'data')) as [Buffer];
    connection.destroy();
    return String(chunk).split(' ')[1] ?? '';
  };
  expect([await statusOf('GET'), await statusOf('POST')]).toEqual(['301', '403']);
});
