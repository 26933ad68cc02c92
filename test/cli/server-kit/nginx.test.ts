import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as requestPlainly } from 'node:http';
import { Agent, request } from 'node:https';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { RENEW_COMMAND } from '../../../domain/server-kit/certbot-options.ts';
import { join as joined } from '../../../local/internet/entrance.ts';
import { type HttpProxy, startProxy } from '../../../local/internet/proxy.ts';
import { aKit, fileOf } from '../../domain/server-kit/a-kit.ts';
import { type AnEndpoint, anEndpoint } from '../../local/acm/acme/an-endpoint.ts';
import { isInstalled, whySkipped } from '../../support/installed.ts';
import { anNginx } from './an-nginx.ts';

const NAME = 'www.example.test';
const SERVER = '203.0.113.77';
const PERSON = '198.51.100.7';

const missing = (['nginx', 'certbot'] as const).filter((client) => !isInstalled(client));
const describeWithBoth = missing.length === 0 ? describe : describe.skip;
const why = missing.map((client) => ` (${whySkipped(client)})`).join('');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-kit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describeWithBoth(`a server with the kit, in the small internet${why}`, () => {
  let aws: AnEndpoint;
  let proxy: HttpProxy;
  let nginx: Awaited<ReturnType<typeof anNginx>>;
  let app: Awaited<ReturnType<typeof anApplication>>;
  const closers: (() => unknown)[] = [];

  beforeEach(async () => {
    aws = await anEndpoint({ speed: 60 });
    app = await anApplication();
    proxy = await startProxy({
      internet: aws.internet,
      clock: aws.clock,
      resolve: (name, type) => aws.names.resolver.resolve(name, type),
    });
    const kit = aKit({
      domain: NAME,
      aliases: ['example.test'],
      upstream: app.url,
      hstsDays: '30',
      acmeDirectory: aws.directoryUrl,
      eabKeyId: aws.binding.keyId,
      eabMacKey: aws.binding.macKey,
      email: 'ops@example.test',
    });
    nginx = await anNginx({ config: fileOf(kit, `${NAME}.conf`), letsencrypt: join(folder, 'config') });
    // This nginx is none of systemd's. It is not running yet at the first certificate, as on a new server.
    const options = fileOf(kit, 'certbot.ini').replace(/^deploy-hook = .*$/m, `deploy-hook = ${nginx.reloadCommand}`);
    writeFileSync(join(folder, 'certbot.ini'), options);
    writeFileSync(join(folder, 'ca.pem'), aws.authority.rootPem);
    await certbot('certonly', '--config', join(folder, 'certbot.ini'));
    await nginx.start();
    closers.push(plug(80, nginx.ports.http), plug(443, nginx.ports.https));
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) close();
    await nginx.stop();
    await proxy.close();
    await app.close();
    await aws.close();
  });

  /** certbot as on the server, but with folders of its own. */
  async function certbot(...words: string[]): Promise<void> {
    const env = {
      ...process.env,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      REQUESTS_CA_BUNDLE: join(folder, 'ca.pem'),
    };
    const folders = ['config', 'work', 'logs'].flatMap((name) => [`--${name}-dir`, join(folder, name)]);
    await promisify(execFile)('certbot', [...words, ...folders], { env });
  }

  /** The server's port in the small internet leads to nginx's on this machine. */
  const plug = (port: number, local: number): (() => void) =>
    aws.internet.listen({ address: SERVER, port }, (connection) =>
      joined(connectSocket({ port: local, host: '127.0.0.1', allowHalfOpen: true }), connection),
    );

  const reach = (port: number) => aws.internet.connect(PERSON, { address: SERVER, port });

  const secure = async (): Promise<TLSSocket> =>
    connect({ socket: await reach(443), servername: NAME, ca: aws.authority.rootPem, ALPNProtocols: ['http/1.1'] });

  const agent = Object.assign(new Agent({ keepAlive: false }), {
    createConnection: (_: object, done: (error: Error | null, socket?: unknown) => void) => {
      secure().then((socket) => done(null, socket), done);
    },
  });

  const get = (path: string): Promise<{ response: IncomingMessage; body: string }> =>
    new Promise((resolve, reject) => {
      request({ host: NAME, path, agent }, async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ response, body });
      })
        .on('error', reject)
        .end();
    });

  const serial = async (): Promise<string> => {
    const socket = await secure();
    const { serialNumber } = await new Promise<{ serialNumber: string }>((resolve, reject) => {
      socket.once('secureConnect', () => resolve(socket.getPeerCertificate()));
      socket.once('error', reject);
    });
    socket.destroy();
    return serialNumber;
  };

  test('serves HTTPS with a full chain, HTTP/2 on offer, and tells the application who asks', async () => {
    const { response, body } = await get('/hello?x=1');
    const socket = await reach(443);
    const offered = connect({ socket, servername: NAME, ca: aws.authority.rootPem, ALPNProtocols: ['h2', 'http/1.1'] });
    await new Promise((resolve, reject) => offered.once('secureConnect', resolve).once('error', reject));
    const chain = [];
    for (let one = offered.getPeerX509Certificate(); one; one = one.issuerCertificate) chain.push(one.subject);
    offered.destroy();

    expect(response.statusCode).toBe(200);
    expect(response.headers['strict-transport-security']).toBe('max-age=2592000');
    expect(JSON.parse(body)).toMatchObject({
      url: '/hello?x=1',
      headers: { host: NAME, 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
    });
    expect(JSON.parse(body).headers.upgrade).toBeUndefined();
    expect({ authorized: offered.authorized, alpn: offered.alpnProtocol }).toEqual({ authorized: true, alpn: 'h2' });
    expect(chain).toHaveLength(2);
  });

  test('redirects HTTP, each name to itself, and speaks no TLS below 1.2', async () => {
    const connection = await reach(80);
    const redirect = await new Promise<IncomingMessage>((resolve, reject) => {
      requestPlainly({
        host: 'example.test',
        path: '/a?b',
        createConnection: () => connection as never,
      })
        .on('response', resolve)
        .on('error', reject)
        .end();
    });
    redirect.resume();
    const old = connect({
      socket: await reach(443),
      servername: NAME,
      ca: aws.authority.rootPem,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const refused = await new Promise((resolve) => old.once('error', resolve).once('secureConnect', resolve));

    expect([redirect.statusCode, redirect.headers.location]).toEqual([301, 'https://example.test/a?b']);
    expect(refused).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  });

  test('passes WebSockets', async () => {
    const socket = new WebSocket(`wss://${NAME}/ws`, { agent });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send('hello');
    const echoed = await new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.terminate();

    expect(echoed).toBe('hello');
  });

  test('renews by the command of its timer and reloads, and no request is dropped meanwhile', async () => {
    const before = await serial();
    let asking = true;
    const statuses: (number | undefined)[] = [];
    const load = (async () => {
      while (asking) statuses.push((await get('/')).response.statusCode);
    })();
    await certbot(...RENEW_COMMAND.split(' ').slice(1), '--force-renewal');
    while ((await serial()) === before);
    asking = false;
    await load;

    expect(statuses.length).toBeGreaterThan(1);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

/** An application that says what it is asked, and echoes WebSockets. */
async function anApplication() {
  const server = createServer(({ url, headers }, response) => response.end(JSON.stringify({ url, headers })));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
