import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { aGroup, anInstance, cloudConfig, LAPTOP } from '../ec2/an-ec2.ts';
import {
  type ALoadBalancer,
  type AnElbv2,
  aCertificate,
  aLoadBalancer,
  anElbv2,
  ask,
  askAt,
  aTargetGroup,
  forwardTo,
  healthIn,
  saying,
  tlsTo,
  toHttps,
} from './an-elbv2.ts';

let world: AnElbv2;
let loadBalancer: ALoadBalancer;
let address: string;
let instanceId: string;
let groupArn: string;
const Host = 'shop.example.test';

beforeAll(async () => {
  world = await anElbv2();
  const { ec2, elb, vpcId, subnetIds, groupId } = world;
  const backend = await aGroup(ec2, { vpcId, name: 'backend', from: groupId });
  const page = cloudConfig({ write_files: [{ path: '/var/www/html/index.html', content: '<h1>shop</h1>' }] });
  ({ instanceId } = await anInstance(world, { subnetId: subnetIds[0], groupIds: [backend], userData: page }));
  loadBalancer = await aLoadBalancer(world);
  address = loadBalancer.addresses[0] as string;
  groupArn = await aTargetGroup(world, { targets: [instanceId] });
  await elb.createListener({
    LoadBalancerArn: loadBalancer.arn,
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    Certificates: [{ CertificateArn: await aCertificate(world, { domains: [Host] }) }],
    DefaultActions: forwardTo(groupArn),
  });
  await elb.createListener({
    LoadBalancerArn: loadBalancer.arn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: toHttps,
  });
  await world.aws.clock.until(async () => (await healthIn(world, groupArn))?.State === 'healthy');
});
afterAll(() => world.aws.close());

const secure = (options: object = {}) => tlsTo(world, { to: address, servername: Host, ...options });

test('http is redirected to https as awselb/2.0 redirects: with the port, the path and the query', async () => {
  const answer = await askAt(world, address, { path: '/cart?id=1', headers: { Host } });
  expect(answer).toMatchObject({
    status: 301,
    headers: {
      server: 'awselb/2.0',
      location: 'https://shop.example.test:443/cart?id=1',
      'content-type': 'text/html',
      'content-length': '134',
    },
    body: expect.stringContaining('<center><h1>301 Moved Permanently</h1></center>'),
  });
});

test('https is terminated and the page comes from the instance', async () => {
  const socket = await secure();
  expect(socket.authorized).toBe(true);
  const answer = await ask(socket, { headers: { Host } });
  expect(answer).toMatchObject({ status: 200, body: '<h1>shop</h1>' });
});

test('every node of the load balancer answers', async () => {
  for (const to of loadBalancer.addresses) {
    expect((await ask(await secure({ to }), { headers: { Host } })).status).toBe(200);
  }
});

test('the instance sees who asked, how and where', async () => {
  const answer = await ask(await secure(), {
    path: '/headers',
    headers: {
      Host,
      'X-Forwarded-For': '192.0.2.7',
      'X-Forwarded-Proto': 'gopher',
      Connection: 'keep-alive, X-Private',
      'Keep-Alive': 'timeout=5',
      'X-Private': 'of the hop',
      'X-Public': 'of the request',
    },
  });
  const { headers, from } = JSON.parse(answer.body) as { headers: Record<string, string>; from: string };
  expect(from).toMatch(/^10\.0\.[01]\.\d+$/);
  expect(headers).toEqual({
    host: Host,
    connection: 'keep-alive',
    'x-forwarded-for': `192.0.2.7, ${LAPTOP}`,
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    'x-public': 'of the request',
  });
});

test('a trace that came along stays the root', async () => {
  const trace = 'Root=1-67891233-abcdef012345678912345678;Sampled=1';
  const answer = await ask(await secure(), { path: '/headers', headers: { Host, 'X-Amzn-Trace-Id': trace } });
  expect(JSON.parse(answer.body).headers['x-amzn-trace-id']).toMatch(
    new RegExp(`^Self=1-[0-9a-f]{8}-[0-9a-f]{24};${trace}$`),
  );
});

test('a body is passed on as it comes, and so is the answer', async () => {
  world.hooks.web(instanceId).answer('/upload', (incoming, response) => {
    response.writeHead(201, { 'Set-Cookie': ['a=1', 'b=2'], 'X-Method': incoming.method });
    incoming.pipe(response);
  });
  const options = { path: '/upload', method: 'POST' };
  const whole = await ask(await secure(), { ...options, headers: { Host, 'Content-Length': '5' }, body: 'hello' });
  expect(whole).toMatchObject({ status: 201, body: 'hello', headers: { 'set-cookie': ['a=1', 'b=2'] } });
  const chunked = await ask(await secure(), {
    ...options,
    headers: { Host, 'Transfer-Encoding': 'chunked' },
    body: 'x'.repeat(300_000),
  });
  expect(chunked.body).toHaveLength(300_000);
});

test('an answer is streamed: its beginning is there before its end', async () => {
  let finish: () => void = () => {};
  world.hooks.web(instanceId).answer('/events', (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: one\n\n');
    finish = () => response.end('data: two\n\n');
  });
  const socket = await secure();
  const asked = request({ path: '/events', headers: { Host }, createConnection: () => socket }).end();
  const [response] = await once(asked, 'response');
  const [first] = await once(response, 'data');
  expect(String(first)).toBe('data: one\n\n');
  finish();
  expect(await text(response)).toBe('data: two\n\n');
});

test('an answer that breaks off breaks off for the client', async () => {
  let breakOff: () => void = () => {};
  world.hooks.web(instanceId).answer('/broken', (incoming, response) => {
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('half');
    breakOff = () => incoming.socket.destroy();
  });
  const socket = await secure();
  const asked = request({ path: '/broken', headers: { Host }, createConnection: () => socket }).end();
  const [response] = await once(asked, 'response');
  breakOff();
  await expect(text(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a client that leaves is noticed by the instance', async () => {
  const { promise: left, resolve } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  world.hooks.web(instanceId).answer('/slow', (incoming) => {
    incoming.socket.once('close', () => resolve());
    arrive();
  });
  const socket = await secure();
  const asked = request({ path: '/slow', headers: { Host }, createConnection: () => socket }).end();
  asked.on('error', () => {});
  await arrived;
  socket.destroy();
  await left;
});

test('one connection carries many requests', async () => {
  const socket = await secure();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () => socket;
  for (const path of ['/', '/missing', '/']) {
    const asked = request({ path, headers: { Host }, agent }).end();
    const [response] = await once(asked, 'response');
    expect(response.statusCode).toBe(path === '/' ? 200 : 404);
    await text(response);
  }
});

test('HTTP/2 is spoken with who wants it', async () => {
  const socket = await secure({ ALPNProtocols: ['h2', 'http/1.1'] });
  expect(socket.alpnProtocol).toBe('h2');
  const session = connectHttp2('https://shop.example.test', { createConnection: () => socket });
  const stream = session.request({ ':path': '/headers', ':authority': Host, 'x-public': 'yes' });
  const [headers] = await once(stream, 'response');
  expect(headers[':status']).toBe(200);
  expect(JSON.parse(await text(stream)).headers).toMatchObject({
    host: 'shop.example.test',
    'x-public': 'yes',
    'x-forwarded-proto': 'https',
  });
  const upload = session.request({ ':path': '/upload', ':method': 'POST' });
  upload.end('body');
  expect(await text(upload)).toBe('body');
  session.close();
});

test('WebSockets go through', async () => {
  const socket = await secure();
  const client = new WebSocket('wss://shop.example.test/ws', { createConnection: () => socket as never });
  await once(client, 'open');
  const echoed = once(client, 'message');
  client.send('hello');
  expect(String((await echoed)[0])).toBe('hello');
  const closed = once(client, 'close');
  client.close(1000);
  expect((await closed)[0]).toBe(1000);
});

test('an upgrade that the instance refuses is answered with its refusal', async () => {
  const socket = await secure();
  const asked = request({
    path: '/chat',
    headers: { Host, Connection: 'Upgrade', Upgrade: 'websocket' },
    createConnection: () => socket,
  }).end();
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(404);
});

test('an instance that closes before it answers makes a 502', async () => {
  world.hooks.web(instanceId).answer('/closes', (incoming) => incoming.socket.destroy());
  expect(await ask(await secure(), { path: '/closes', headers: { Host } })).toMatchObject({
    status: 502,
    headers: { server: 'awselb/2.0' },
    body: expect.stringContaining('502 Bad Gateway'),
  });
});

test('an instance that never answers makes a 504 once the idle time-out is over', async () => {
  world.hooks.web(instanceId).answer('/silent', () => {});
  const answer = ask(await secure(), { path: '/silent', headers: { Host } });
  await world.aws.clock.advance(59_000);
  await world.aws.clock.advance(2_000);
  expect(await answer).toMatchObject({ status: 504, body: expect.stringContaining('504 Gateway Time-out') });
});

test('a client that never finishes its request gets a 408', async () => {
  world.hooks.web(instanceId).answer('/patient', (incoming, response) => {
    incoming.resume().on('end', () => response.end());
  });
  const socket = await secure();
  const asked = request({
    path: '/patient',
    method: 'POST',
    headers: { Host, 'Content-Length': '10' },
    createConnection: () => socket,
  });
  asked.write('half');
  const answered = once(asked, 'response');
  await world.aws.clock.advance(61_000);
  expect((await answered)[0].statusCode).toBe(408);
});

test('a connection on which nothing happens is closed after the idle time-out', async () => {
  const socket = await secure();
  const closed = once(socket.resume(), 'close');
  await world.aws.clock.advance(61_000);
  await closed;
});

test('what is no HTTP is refused', async () => {
  const connection = await world.internet.connect(LAPTOP, { address, port: 80 });
  connection.write('HELLO\r\n\r\n');
  expect(await text(connection)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nServer: awselb\/2\.0/);
});

test('TRACE is refused, and so are too many forwarders', async () => {
  expect((await askAt(world, address, { method: 'TRACE', headers: { Host } })).status).toBe(405);
  const forwarders = Array(31).fill('192.0.2.1').join(', ');
  expect((await askAt(world, address, { headers: { Host, 'X-Forwarded-For': forwarders } })).status).toBe(463);
});

test('rules are tried by their priority: host and path decide, a fixed answer is the load balancer’s own', async () => {
  const { elb } = world;
  const { Listeners } = await elb.describeListeners({ LoadBalancerArn: loadBalancer.arn });
  const ListenerArn = Listeners?.find(({ Port }) => Port === 80)?.ListenerArn as string;
  const condition = (Field: string, ...Values: string[]) => [{ Field, Values }];
  await elb.createRule({
    ListenerArn,
    Priority: 20,
    Conditions: condition('host-header', '*.example.test'),
    Actions: saying('any host'),
  });
  await elb.createRule({
    ListenerArn,
    Priority: 10,
    Conditions: [...condition('host-header', 'API.example.test'), ...condition('path-pattern', '/v?/*')],
    Actions: saying('{"api":true}', '404'),
  });
  const says = async (host: string, path: string) =>
    (await askAt(world, address, { path, headers: { Host: host } })).body;
  expect(await says('api.example.test', '/v1/things?x=/')).toBe('{"api":true}');
  expect(await says('api.example.test', '/V1/things')).toBe('any host');
  expect(await says('www.example.test:80', '/')).toBe('any host');
  expect((await askAt(world, address, { headers: { Host: 'example.test' } })).status).toBe(301);
});

test('attributes decide what the instance is told of the client', async () => {
  const { elb, aws } = world;
  const set = (attributes: Record<string, string>) =>
    elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: loadBalancer.arn,
      Attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
    });
  const seen = async (): Promise<Record<string, string>> => {
    await aws.clock.advance(1_000);
    const headers = { Host, 'X-Forwarded-For': '192.0.2.7' };
    return JSON.parse((await ask(await secure(), { path: '/headers', headers })).body).headers;
  };
  await set({
    'routing.http.xff_header_processing.mode': 'preserve',
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'true',
  });
  expect(await seen()).toMatchObject({
    'x-forwarded-for': '192.0.2.7',
    'x-amzn-tls-version': 'TLSv1.3',
    'x-amzn-tls-cipher-suite': 'TLS_AES_128_GCM_SHA256',
  });
  await set({ 'routing.http.xff_header_processing.mode': 'remove' });
  expect(await seen()).not.toHaveProperty('x-forwarded-for');
  await set({
    'routing.http.xff_header_processing.mode': 'append',
    'routing.http.xff_client_port.enabled': 'true',
  });
  expect((await seen())['x-forwarded-for']).toMatch(/^192\.0\.2\.7, 198\.51\.100\.7:\d+$/);
});

test('weights divide requests among target groups; without weight there is none', async () => {
  const { elb, ec2, subnetIds, vpcId, groupId } = world;
  const backend = await aGroup(ec2, { vpcId, name: 'green', from: groupId });
  const green = await anInstance(world, { subnetId: subnetIds[1], groupIds: [backend] });
  const greenArn = await aTargetGroup(world, { name: 'green', targets: [green.instanceId] });
  const { Listeners } = await elb.describeListeners({ LoadBalancerArn: loadBalancer.arn });
  const ListenerArn = Listeners?.find(({ Port }) => Port === 80)?.ListenerArn as string;
  // A host that no other rule is about.
  const elsewhere = { headers: { Host: 'shop.test' } };
  const weigh = (blue: number, other: number) =>
    elb.modifyListener({
      ListenerArn,
      DefaultActions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: groupArn, Weight: blue },
              { TargetGroupArn: greenArn, Weight: other },
            ],
          },
        },
      ],
    });
  const answers = async () => {
    const bodies: string[] = [];
    for (let i = 0; i < 40; i++) bodies.push((await askAt(world, address, elsewhere)).body);
    return bodies.filter((body) => body.includes(green.instanceId)).length;
  };
  await weigh(1, 1);
  await world.aws.clock.until(async () => (await healthIn(world, greenArn))?.State === 'healthy');
  const half = await answers();
  expect(half).toBeGreaterThan(8);
  expect(half).toBeLessThan(32);
  await weigh(0, 1);
  expect(await answers()).toBe(40);
  await weigh(0, 0);
  expect((await askAt(world, address, elsewhere)).status).toBe(503);
});

test('C12: a rule compares a header as ELB does: whatever the case, with wildcards, each of several of one name', async () => {
  const { elb } = world;
  const { Listeners } = await elb.describeListeners({ LoadBalancerArn: loadBalancer.arn });
  const ListenerArn = Listeners?.find(({ Port }) => Port === 80)?.ListenerArn as string;
  const HttpHeaderConfig = { HttpHeaderName: 'X-Gate', Values: ['open sesame', 'key-??-*'] };
  const { Rules } = await elb.createRule({
    ListenerArn,
    Priority: 5,
    Conditions: [{ Field: 'http-header', HttpHeaderConfig }],
    Actions: saying('inside'),
  });
  expect(Rules?.[0]?.Conditions).toEqual([{ Field: 'http-header', HttpHeaderConfig }]);
  const enters = async (headers: Record<string, string | string[]>) =>
    (await askAt(world, address, { headers: { Host: 'example.test', ...headers } as never })).body === 'inside';
  expect(await enters({ 'x-gate': 'Open Sesame' })).toBe(true);
  expect(await enters({ 'X-Gate': ['shut', 'KEY-01-a'] })).toBe(true);
  expect(await enters({ 'X-Gate': 'key-1-a' })).toBe(false);
  expect(await enters({ 'X-Gate': 'open sesame!' })).toBe(false);
  expect(await enters({})).toBe(false);
  await elb.deleteRule({ RuleArn: Rules?.[0]?.RuleArn });
});
