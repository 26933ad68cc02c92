import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { Clock } from '../../../local/clock/clock.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { type HttpProxy, startProxy } from '../../../local/internet/proxy.ts';
import { testWith } from '../../support/installed.ts';
import { selfSigned } from './self-signed.ts';

const SITE = '203.0.113.10';
const NAMES: Record<string, string[]> = {
  'shop.example.test': [SITE],
  'two.example.test': ['203.0.113.250', SITE],
  'closed.example.test': ['203.0.113.11'],
  'silent.example.test': ['203.0.113.12'],
  'gone.example.test': ['203.0.113.250'],
  'v6.example.test': ['2001:db8::10'],
};
const clock = new Clock({ startAt: new Date('2026-11-22T12:00:00Z') });
const internet = new Internet();
let proxy: HttpProxy;

beforeAll(async () => {
  const page = createServer((req, res) => {
    res.setHeader('X-Seen', `${req.method} ${req.url} host=${req.headers.host} from=${req.socket.remoteAddress}`);
    req.pipe(res);
  });
  for (const address of [SITE, '2001:db8::10']) {
    internet.listen({ address, port: 80 }, (connection) => page.emit('connection', connection));
  }
  const secure = createTlsServer(await selfSigned(), (_, res) => res.end('secret'));
  internet.listen({ address: SITE, port: 443 }, (connection) => secure.emit('connection', connection));
  new WebSocketServer({ server: secure }).on('connection', (socket) => {
    socket.on('message', (message) => socket.send(`echo ${message}`));
  });
  internet.attach('203.0.113.11');
  internet.attach('203.0.113.12');
  internet.guard('203.0.113.12', () => false);
  proxy = await startProxy({
    internet,
    clock,
    resolve: async (name, type) => {
      if (name === 'broken.example.test') return { rcode: 'SERVFAIL', answers: [] };
      const answers = (NAMES[name] ?? []).filter((address) => address.includes(':') === (type === 'AAAA'));
      return { rcode: NAMES[name] ? 'NOERROR' : 'NXDOMAIN', answers: answers.map((data) => ({ type, data })) };
    },
  });
});
afterAll(() => proxy.close());

/** Sends an absolute-form request to the proxy, as `curl -x` does for http. */
async function through(
  url: string,
  { method = 'GET', body = '' } = {},
): Promise<{ status: number; seen: string; body: string }> {
  const req = request({ port: proxy.port, host: '127.0.0.1', path: url, method, headers: { host: new URL(url).host } });
  req.end(body);
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  return { status: Number(res.statusCode), seen: String(res.headers['x-seen']), body: await text(res) };
}

/** Asks the proxy for a tunnel: what it answers, and the rest when it refuses. */
async function tunnel(authority: string): Promise<{ head: string; socket: ReturnType<typeof connect> }> {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  return { head: String(head), socket };
}

describe('http through the proxy', () => {
  test('reaches the site from the person at the laptop, with its own host and path', async () => {
    const answer = await through('http://shop.example.test/page?x=1', { method: 'POST', body: 'hello' });
    expect(answer).toEqual({
      status: 200,
      seen: 'POST /page?x=1 host=shop.example.test from=198.51.100.7',
      body: 'hello',
    });
  });

  test('takes IPv6, literal and by name', async () => {
    expect((await through('http://[2001:db8::10]/')).seen).toContain('host=[2001:db8::10] from=2001:db8:7::7');
    expect((await through('http://v6.example.test/')).status).toBe(200);
  });

  test('tries the next address when one is gone', async () => {
    expect((await through('http://two.example.test/')).status).toBe(200);
  });

  test.each([
    ['nope.example.test', 'Cannot reach "nope.example.test": there is no such name (NXDOMAIN)'],
    ['broken.example.test', 'Cannot reach "broken.example.test": no name server gives an answer for it (SERVFAIL)'],
    [
      'closed.example.test',
      'Cannot reach "closed.example.test" at 203.0.113.11 port 80: the connection is refused, nothing listens there',
    ],
    ['gone.example.test', 'Cannot reach "gone.example.test" at 203.0.113.250 port 80: there is no such host'],
    ['93.184.216.34', 'Cannot reach 93.184.216.34 port 80: there is no such host'],
    ['localhost', 'Cannot reach "localhost": there is no such name (NXDOMAIN)'],
  ])('says why it cannot reach %s, and never tries the real network', async (host, sentence) => {
    expect(await through(`http://${host}/`)).toMatchObject({ status: 502, body: `${sentence}\n` });
  });

  test('gives up a silent place after ten seconds', async () => {
    const answer = through('http://silent.example.test/');
    let answered = false;
    void answer.then(() => {
      answered = true;
    });
    while (!answered) await clock.advance(1000);
    expect(await answer).toMatchObject({
      status: 504,
      body: expect.stringContaining('nothing came back for 10 s, as when a security group'),
    });
  });

  test('says what it is to who takes it for a web server', async () => {
    const req = request({ port: proxy.port, host: '127.0.0.1', path: '/' }).end();
    const [res] = (await once(req, 'response')) as [IncomingMessage];
    expect(res.statusCode).toBe(400);
    expect(await text(res)).toContain('this is a proxy into the small internet');
  });
});

describe('CONNECT', () => {
  test('carries TLS', async () => {
    const { head, socket } = await tunnel('shop.example.test:443');
    expect(head).toBe('HTTP/1.1 200 Connection established\r\n\r\n');
    const secure = connectTls({ socket, servername: 'shop.example.test', rejectUnauthorized: false });
    const req = request({ createConnection: () => secure, path: '/', host: 'shop.example.test' }).end();
    const [res] = (await once(req, 'response')) as [IncomingMessage];
    expect(await text(res)).toBe('secret');
  });

  test('carries WebSockets', async () => {
    const { socket } = await tunnel('shop.example.test:443');
    const secure = connectTls({ socket, servername: 'shop.example.test', rejectUnauthorized: false });
    const client = new WebSocket('ws://shop.example.test/', { createConnection: () => secure });
    await once(client, 'open');
    client.send('hi');
    expect(String((await once(client, 'message'))[0])).toBe('echo hi');
    client.close();
    await once(client, 'close');
  });

  test('says why there is no tunnel', async () => {
    const { head } = await tunnel('closed.example.test:443');
    expect(head).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    expect(head).toContain('Cannot reach "closed.example.test" at 203.0.113.11 port 443: the connection is refused');
  });

  test('wants a host and a port', async () => {
    expect((await tunnel('shop.example.test')).head).toContain('400 Bad Request');
  });
});

testWith('curl', 'curl understands it', async () => {
  const curl = async (...args: string[]) =>
    (await promisify(execFile)('curl', ['-s', '-x', `http://127.0.0.1:${proxy.port}`, ...args])).stdout;
  expect(await curl('-k', 'https://shop.example.test/')).toBe('secret');
  expect(await curl('-d', 'hello', 'http://shop.example.test/')).toBe('hello');
});
