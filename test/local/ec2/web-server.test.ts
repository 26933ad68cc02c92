import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { type AnEc2, aGroup, anEc2, anInstance, aVpc, cloudConfig, fetchOver, LAPTOP } from './an-ec2.ts';

let world: AnEc2;
let subnetId: string;
let vpcId: string;
beforeAll(async () => {
  world = await anEc2();
  const vpc = await aVpc(world.ec2);
  subnetId = vpc.subnetIds[0];
  vpcId = vpc.vpcId;
});
afterAll(() => world.aws.close());

let groups = 0;
async function aServer({ userData, port = 80 }: { userData?: string; port?: number } = {}) {
  const groupId = await aGroup(world.ec2, { vpcId, name: `web-${groups++}`, port });
  const { instanceId, publicAddress = '' } = await anInstance(world, {
    subnetId,
    groupIds: [groupId],
    ...(userData && { userData }),
  });
  return { instanceId, to: publicAddress };
}
const get = (to: string, options: { path?: string; port?: number; method?: string; headers?: object } = {}) =>
  fetchOver(world.internet, { to, ...options } as Parameters<typeof fetchOver>[1]);

test('user data makes the site: files, port and paths that fail', async () => {
  const { to } = await aServer({
    port: 8080,
    userData: cloudConfig({
      write_files: [
        { path: '/var/www/html/index.html', content: '<h1>shop</h1>' },
        { path: '/var/www/html/api/data.json', content: Buffer.from('{"a":1}').toString('base64'), encoding: 'b64' },
        { path: '/etc/passwd', content: 'not served' },
      ],
      'x-web': { port: 8080, status: { '/health': 503 } },
    }),
  });
  expect(await get(to, { port: 8080 })).toMatchObject({ status: 200, body: '<h1>shop</h1>' });
  const json = await get(to, { port: 8080, path: '/api/data.json?x=1' });
  expect([json.body, json.headers['content-type']]).toEqual(['{"a":1}', 'application/json']);
  expect((await get(to, { port: 8080, path: '/health' })).status).toBe(503);
  expect((await get(to, { port: 8080, path: '/../../etc/passwd' })).status).toBe(404);
  expect((await get(to, { port: 8080, method: 'POST' })).status).toBe(405);
  expect(world.internet.reach(LAPTOP, { address: to, port: 80 })).toBe('filtered');
});

test.each([['#!/bin/bash\nyum install -y httpd'], ['#cloud-config\npackages: [httpd]'], ['#cloud-config\n[1]']])(
  'user data %j leaves the page that names the instance',
  async (text) => {
    const { to, instanceId } = await aServer({ userData: Buffer.from(text).toString('base64') });
    expect((await get(to)).body).toContain(instanceId);
    expect((await get(to, { path: '/missing' })).status).toBe(404);
  },
);

test('/headers shows what arrived', async () => {
  const { to } = await aServer();
  const { body } = await get(to, { path: '/headers', headers: { Host: 'shop.example.test' } });
  expect(JSON.parse(body)).toMatchObject({ method: 'GET', from: LAPTOP, headers: { host: 'shop.example.test' } });
});

test('a test takes a path over, breaks the whole server and mends it', async () => {
  const { to, instanceId } = await aServer();
  const web = world.hooks.web(instanceId);
  web.answer('/hello', (_, response) => response.writeHead(201).end('hi'));
  expect(await get(to, { path: '/hello' })).toMatchObject({ status: 201, body: 'hi' });
  web.answer('/throws', () => {
    throw new Error('broken');
  });
  expect((await get(to, { path: '/throws' })).status).toBe(500);
  web.fail(503);
  expect((await get(to, { path: '/hello' })).status).toBe(503);
  web.fail(undefined);
  web.answer('/hello', undefined);
  expect((await get(to, { path: '/hello' })).status).toBe(404);
  expect(() => world.hooks.web('i-0123456789abcdef0')).toThrow('Cannot find the instance "i-0123456789abcdef0"');
});

test('insists on https by its own connection or by X-Forwarded-Proto, on a Host, or on another place', async () => {
  const { to, instanceId } = await aServer();
  const web = world.hooks.web(instanceId);
  const ask = (headers: Record<string, string> = {}) =>
    get(to, { path: '/headers', headers: { Host: 'shop.example.test', ...headers } });
  const secure = { 'X-Forwarded-Proto': 'https' };
  const location = 'https://shop.example.test/headers';
  web.insist({ https: 'always' });
  expect(await ask(secure)).toMatchObject({ status: 301, headers: { location } });
  web.insist({ https: 'forwarded' });
  expect(await ask()).toMatchObject({ status: 301, headers: { location } });
  expect((await ask(secure)).status).toBe(200);
  web.insist({ hosts: ['shop.example.test'] });
  expect([(await ask()).status, (await ask({ Host: to })).status]).toEqual([200, 400]);
  web.insist({ redirect: 'https://old.example.test' });
  expect(await ask()).toMatchObject({ status: 301, headers: { location: 'https://old.example.test/headers' } });
});

test('/ws echoes WebSocket messages of every length', async () => {
  const { to } = await aServer();
  const connection = await world.internet.connect(LAPTOP, { address: to, port: 80 });
  const socket = new WebSocket(`ws://${to}/ws`, { createConnection: () => connection as Duplex as never });
  await once(socket, 'open');
  for (const length of [5, 300, 70_000]) {
    const echoed = once(socket, 'message');
    socket.send('x'.repeat(length));
    expect(String((await echoed)[0])).toHaveLength(length);
  }
  const answered = once(socket, 'pong');
  socket.ping('are you there?');
  expect(String((await answered)[0])).toBe('are you there?');
  const closed = once(socket, 'close');
  socket.close(1000);
  expect((await closed)[0]).toBe(1000);
});

test('an upgrade elsewhere is refused', async () => {
  const { to } = await aServer();
  const connection = await world.internet.connect(LAPTOP, { address: to, port: 80 });
  const asked = request({
    host: to,
    path: '/chat',
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    createConnection: () => connection,
  }).end();
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(404);
});

test('a real server of this machine answers under the address of the instance', async () => {
  const { to, instanceId } = await aServer();
  const real = createServer((incoming, response) => response.end(`real ${incoming.headers.host}`));
  await once(real.listen(0, '127.0.0.1'), 'listening');
  const { port } = real.address() as AddressInfo;
  world.hooks.plug(instanceId, { host: '127.0.0.1', port });
  expect((await get(to, { headers: { Host: 'shop.example.test' } })).body).toBe('real shop.example.test');
  real.close();
  real.closeAllConnections();
  world.hooks.plug(instanceId, undefined);
  expect((await get(to)).body).toContain(instanceId);
});

test('a stopped instance drops the connections that it had', async () => {
  const { to, instanceId } = await aServer();
  const connection = await world.internet.connect(LAPTOP, { address: to, port: 80 });
  const closed = once(connection.resume(), 'close');
  await world.ec2.stopInstances({ InstanceIds: [instanceId] });
  await closed;
});
