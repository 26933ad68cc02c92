import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { join } from '../../../local/internet/entrance.ts';
import {
  type ACloudFront,
  aCloudFront,
  aConfig,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  ask,
  CACHING_OPTIMIZED,
  get,
  HOST_ONLY,
  ORIGIN,
  tlsTo,
} from './a-cloudfront.ts';

const HOST = 'shop.example.test';
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
      asked.push(String(request.url));
      answer(request, response);
    },
  });
});
beforeEach(() => {
  asked = [];
  answer = (request, response) => response.end(`page ${asked.length} ${request.url}`);
});
afterAll(() => world.close());

let number = 0;
async function aSite(options: Parameters<typeof aDistribution>[1] = {}) {
  const host = `a${++number}.example.test`;
  const distribution = await aDistribution(world, { aliases: [host], certificate, ...options });
  return { distribution, ask: (given: Parameters<typeof get>[2] = {}) => get(world, distribution, { host, ...given }) };
}
const cached = { behavior: { CachePolicyId: CACHING_OPTIMIZED } };

test('with CachingDisabled every request reaches the origin', async () => {
  const site = await aSite();
  expect([(await site.ask()).body, (await site.ask()).body]).toEqual(['page 1 /', 'page 2 /']);
});

test('with CachingOptimized an answer is kept as long as it says, at each edge location', async () => {
  const site = await aSite(cached);
  answer = (_, response) => response.setHeader('cache-control', 'max-age=60').end(`page ${asked.length}`);
  expect(await site.ask()).toMatchObject({ body: 'page 1', headers: { 'x-cache': 'Miss from cloudfront' } });
  await world.aws.clock.advance(59_000);
  expect(await site.ask()).toMatchObject({
    body: 'page 1',
    headers: { 'x-cache': 'Hit from cloudfront', age: '59' },
  });
  expect(await site.ask({ edge: 1 })).toMatchObject({ body: 'page 2' });
  await world.aws.clock.advance(2000);
  expect(await site.ask()).toMatchObject({ body: 'page 3' });
});

test('CachingOptimized keeps even no-store for a second, and one query string for all', async () => {
  const site = await aSite(cached);
  answer = (_, response) => response.setHeader('cache-control', 'no-store').end(`page ${asked.length}`);
  expect((await site.ask({ path: '/?a=1' })).body).toBe('page 1');
  expect((await site.ask({ path: '/?a=2' })).body).toBe('page 1');
  await world.aws.clock.advance(1001);
  expect((await site.ask()).body).toBe('page 2');
});

test('an error is kept for ten seconds, and a page that was kept beats one', async () => {
  const site = await aSite(cached);
  answer = (_, response) => response.writeHead(500).end(`error ${asked.length}`);
  expect(await site.ask()).toMatchObject({
    status: 500,
    body: 'error 1',
    headers: { 'x-cache': 'Error from cloudfront' },
  });
  expect(await site.ask()).toMatchObject({ status: 500, body: 'error 1' });
  await world.aws.clock.advance(10_001);
  expect(await site.ask()).toMatchObject({ body: 'error 2' });
  answer = (_, response) => response.setHeader('cache-control', 'max-age=1').end('good');
  expect((await site.ask({ path: '/kept' })).body).toBe('good');
  await world.aws.clock.advance(2000);
  world.dns.set(ORIGIN.name, []);
  expect(await site.ask({ path: '/kept' })).toMatchObject({ status: 200, body: 'good' });
  world.dns.set(ORIGIN.name, [ORIGIN.address]);
});

const maintenance = {
  Origins: {
    Quantity: 2,
    Items: ['origin', 'pages'].map((Id) => ({
      Id,
      DomainName: `${Id}.example.test`,
      CustomOriginConfig: {
        HTTPPort: 80,
        HTTPSPort: 443,
        OriginProtocolPolicy: Id === 'pages' ? ('http-only' as const) : ('https-only' as const),
        OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2' as const] },
      },
    })),
  },
};

/** A plain web server behind "pages.example.test". */
async function pages(body: string): Promise<() => void> {
  world.dns.set('pages.example.test', ['203.0.113.20']);
  const server = createServer((request, response) => response.end(`${body} ${request.url}`));
  const leave = world.internet.listen({ address: '203.0.113.20', port: 80 }, (connection) => {
    server.emit('connection', connection);
  });
  return leave;
}

test('a custom error page stands for what the origin or CloudFront itself would have said', async () => {
  const leave = await pages('Sorry');
  const site = await aSite({
    ...maintenance,
    CacheBehaviors: {
      Quantity: 1,
      Items: [{ PathPattern: '/errors/*', ...aConfig().DefaultCacheBehavior, TargetOriginId: 'pages' } as never],
    },
    CustomErrorResponses: {
      Quantity: 2,
      Items: [502, 503].map((ErrorCode) => ({ ErrorCode, ResponseCode: '503', ResponsePagePath: '/errors/503.html' })),
    },
  });
  answer = (_, response) => response.writeHead(503).end('the application');
  const sorry = { status: 503, body: 'Sorry /errors/503.html', headers: { 'x-cache': 'Error from cloudfront' } };
  expect(await site.ask({ method: 'POST', body: 'a=1' })).toMatchObject(sorry);
  world.dns.set(ORIGIN.name, []);
  expect(await site.ask()).toMatchObject(sorry);
  world.dns.set(ORIGIN.name, [ORIGIN.address]);
  answer = (_, response) => response.writeHead(404).end('not there');
  expect(await site.ask()).toMatchObject({ status: 404, body: 'not there' });
  // A page that can't be fetched is no page.
  world.dns.set('pages.example.test', []);
  answer = (_, response) => response.writeHead(503).end('the application');
  expect(await site.ask()).toMatchObject({ status: 503, body: 'the application' });
  leave();
});

test("an error page and CloudFront's own errors are kept as long as an error is; a stale page beats both", async () => {
  const leave = await pages('Sorry');
  const site = await aSite({
    ...maintenance,
    ...cached,
    CacheBehaviors: {
      Quantity: 1,
      Items: [{ PathPattern: '/errors/*', ...aConfig().DefaultCacheBehavior, TargetOriginId: 'pages' } as never],
    },
    CustomErrorResponses: {
      Quantity: 1,
      Items: [{ ErrorCode: 503, ResponseCode: '503', ResponsePagePath: '/errors/503.html', ErrorCachingMinTTL: 30 }],
    },
  });
  answer = (_, response) => response.setHeader('cache-control', 'max-age=1').end('good');
  expect(await site.ask({ path: '/kept' })).toMatchObject({ body: 'good' });
  answer = (_, response) => response.writeHead(503).end('down');
  expect(await site.ask()).toMatchObject({ status: 503, body: 'Sorry /errors/503.html' });
  await world.aws.clock.advance(2000);
  expect(await site.ask({ path: '/kept' })).toMatchObject({ status: 200, body: 'good' });
  answer = (_, response) => response.end('back');
  await world.aws.clock.advance(27_000);
  expect(await site.ask()).toMatchObject({ status: 503, body: 'Sorry /errors/503.html' });
  await world.aws.clock.advance(2000);
  expect(await site.ask()).toMatchObject({ status: 200, body: 'back' });

  world.dns.set(ORIGIN.name, []);
  expect(await site.ask({ path: '/new' })).toMatchObject({ status: 502 });
  world.dns.set(ORIGIN.name, [ORIGIN.address]);
  await world.aws.clock.advance(9000);
  expect(await site.ask({ path: '/new' })).toMatchObject({ status: 502 });
  await world.aws.clock.advance(2000);
  expect(await site.ask({ path: '/new' })).toMatchObject({ status: 200, body: 'back' });
  leave();
});

test('C13: an origin group fails over for what is listed, and never for POST', async () => {
  const leave = await pages('second');
  const site = await aSite({
    ...maintenance,
    OriginGroups: {
      Quantity: 1,
      Items: [
        {
          Id: 'group',
          FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [500, 503] } },
          Members: { Quantity: 2, Items: [{ OriginId: 'origin' }, { OriginId: 'pages' }] },
        },
      ],
    },
    behavior: { TargetOriginId: 'group' },
  });
  answer = (_, response) => response.writeHead(500).end('first');
  expect(await site.ask()).toMatchObject({ status: 200, body: 'second /' });
  expect(await site.ask({ method: 'POST' })).toMatchObject({ status: 500, body: 'first' });
  answer = (_, response) => response.writeHead(404).end('first');
  expect(await site.ask()).toMatchObject({ status: 404 });
  world.dns.set(ORIGIN.name, []);
  expect(await site.ask()).toMatchObject({ status: 200, body: 'second /' });
  world.dns.set(ORIGIN.name, [ORIGIN.address]);
  leave();
});

test('C13: an error page stands for what the last origin of a group says, and for what the first says of a method that never fails over', async () => {
  const leave = await pages('page');
  const site = await aSite({
    ...maintenance,
    CacheBehaviors: {
      Quantity: 1,
      Items: [{ PathPattern: '/errors/*', ...aConfig().DefaultCacheBehavior, TargetOriginId: 'pages' } as never],
    },
    CustomErrorResponses: {
      Quantity: 1,
      Items: [{ ErrorCode: 503, ResponseCode: '503', ResponsePagePath: '/errors/503.html', ErrorCachingMinTTL: 0 }],
    },
    OriginGroups: {
      Quantity: 1,
      Items: [
        {
          Id: 'group',
          FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [503] } },
          Members: { Quantity: 2, Items: [{ OriginId: 'origin' }, { OriginId: 'pages' }] },
        },
      ],
    },
    behavior: { TargetOriginId: 'group' },
  });
  answer = (_, response) => response.writeHead(503).end('down');
  expect(await site.ask({ path: '/cart' })).toMatchObject({ status: 200, body: 'page /cart' });
  expect(await site.ask({ path: '/cart', method: 'POST' })).toMatchObject({
    status: 503,
    body: 'page /errors/503.html',
  });
  leave();
});

test('what a distribution cannot have for error pages and groups is refused', async () => {
  const creating = (config: object) =>
    world.cloudfront.createDistribution({ DistributionConfig: { ...aConfig(), ...config } as never });
  const errors = (...Items: object[]) => ({ CustomErrorResponses: { Quantity: Items.length, Items } });
  await expect(creating(errors({ ErrorCode: 418 }))).rejects.toMatchObject({ name: 'InvalidErrorCode' });
  await expect(creating(errors({ ErrorCode: 404, ResponseCode: '302', ResponsePagePath: '/a' }))).rejects.toMatchObject(
    { name: 'InvalidResponseCode' },
  );
  await expect(creating(errors({ ErrorCode: 404, ResponseCode: '200' }))).rejects.toMatchObject({
    name: 'InvalidArgument',
  });
  const group = (members: string[], codes: number[]) => ({
    Id: 'group',
    FailoverCriteria: { StatusCodes: { Quantity: codes.length, Items: codes } },
    Members: { Quantity: members.length, Items: members.map((OriginId) => ({ OriginId })) },
  });
  const groups = (...Items: object[]) => ({ ...maintenance, OriginGroups: { Quantity: Items.length, Items } });
  const refusals = [
    [groups(group(['origin'], [503])), 'MalformedXML'],
    [groups(group(['origin', 'origin'], [503])), 'InvalidArgument'],
    [groups(group(['origin', 'absent'], [503])), 'NoSuchOrigin'],
    [groups(group(['origin', 'pages'], [])), 'MalformedXML'],
    [groups(group(['origin', 'pages'], [501])), 'InvalidArgument'],
    [
      groups(...Array.from({ length: 11 }, () => group(['origin', 'pages'], [503]))),
      'TooManyOriginGroupsPerDistribution',
    ],
  ] as const;
  for (const [config, name] of refusals) await expect(creating(config)).rejects.toMatchObject({ name });
});

test('the managed security headers are added, and leave the origin its own', async () => {
  const site = await aSite({ behavior: { ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' } });
  answer = (_, response) => response.setHeader('x-frame-options', 'DENY').end('page');
  expect(await site.ask()).toMatchObject({
    headers: {
      'strict-transport-security': 'max-age=31536000',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    },
  });
});

test('HTTP/3 is told of, though nothing here speaks it', async () => {
  const site = await aSite({ HttpVersion: 'http2and3' });
  expect(await site.ask()).toMatchObject({ headers: { 'alt-svc': 'h3=":443"; ma=86400' } });
});

test('a WebSocket passes where its key is sent to the origin, and not otherwise', async () => {
  const { rack, internet, dns } = world;
  dns.set('chat.example.test', ['203.0.113.30']);
  const server = createServer((_, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (text) => socket.send(`echo ${text}`)));
  const dial = await rack.connecting(server);
  internet.listen({ address: '203.0.113.30', port: 80 }, (connection) => join(dial(), connection));
  const Origins = {
    Quantity: 1,
    Items: [
      {
        Id: 'origin',
        DomainName: 'chat.example.test',
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' as const },
      },
    ],
  };
  const { distribution } = await aSite({ Origins });
  const connection = await tlsTo(world, { ...distribution, servername: HOST.replace('shop', `a${number}`) });
  const socket = new WebSocket(`wss://a${number}.example.test/`, { createConnection: () => connection } as never);
  const echo = await new Promise((resolve, reject) => {
    socket.on('open', () => socket.send('hello'));
    socket.on('message', (text) => resolve(String(text)));
    socket.on('error', reject);
  });
  expect(echo).toBe('echo hello');
  socket.terminate();
  const other = await aSite({ Origins, behavior: { OriginRequestPolicyId: HOST_ONLY } });
  const plain = await tlsTo(world, { ...other.distribution, servername: `a${number}.example.test` });
  const headers = {
    host: `a${number}.example.test`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
  };
  expect((await ask(plain, { headers })).status).toBe(426);
  sockets.close();
});
