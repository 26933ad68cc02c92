import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Api } from '../../cli/api.ts';
import { ApiProblem } from '../../cli/api-problem.ts';
import { Unreached } from '../../cli/unreached.ts';
import { aSelfSignedCertificate } from '../support/certificates.ts';

type Said = { status: number; headers?: Record<string, string>; body?: object };

const GATEWAY = { 'content-type': 'application/json' };
const type = 'urn:nameplate:problem:busy';
const PROBLEM = { 'content-type': 'application/problem+json' };
const bare = (status: number): Said => ({ status, headers: GATEWAY, body: { message: 'Service Unavailable' } });
const busy: Said = { status: 503, headers: { ...PROBLEM, 'retry-after': '5' }, body: { type, detail: 'AWS is busy' } };
const taken: Said = { status: 202, headers: { ...GATEWAY, location: '/v1/sites/shop.example.test' }, body: {} };

let server: Server | undefined;
afterEach(() => void server?.close());

/** An API that gives these answers, the last of them for ever; what it was asked, and how long its client waited. */
async function answering(...answers: Said[]): Promise<{ api: Api; asked: IncomingMessage[]; waited: number[] }> {
  const asked: IncomingMessage[] = [];
  const waited: number[] = [];
  server = createServer((request, response) => {
    const { status, headers, body } = answers[Math.min(asked.length, answers.length - 1)] as Said;
    asked.push(request);
    response.writeHead(status, { ...headers, connection: 'close' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { api: new Api(url, { wait: async (seconds) => void waited.push(seconds) }), asked, waited };
}

test('a declaration that cannot be answered for now is sent again under its key (A7)', async () => {
  const { api, asked, waited } = await answering(bare(500), bare(503), bare(429), busy, taken);
  expect(await api.declare('{}')).toBe('/v1/sites/shop.example.test');
  expect(waited).toEqual([1, 2, 4, 5]);
  const keys = asked.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(5);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('a request that is still being answered is waited for (A7)', async () => {
  const running: Said = { status: 409, headers: { ...PROBLEM, 'retry-after': '2' }, body: { type } };
  const { api, waited } = await answering(bare(503), running, taken);
  await api.declare('{}');
  expect(waited).toEqual([1, 2]);
});

test.each([
  ['a refusal', { status: 422, headers: PROBLEM, body: { type, detail: 'No' } }],
  ['a 500 of the API itself', { status: 500, headers: PROBLEM, body: { type, detail: 'No' } }],
  ['the stop of all changes', { status: 503, headers: PROBLEM, body: { type, detail: 'No' } }],
  ['what takes a minute', { status: 409, headers: { ...PROBLEM, 'retry-after': '60' }, body: { type, detail: 'No' } }],
])('%s is not sent again (A7)', async (_, said) => {
  const { api, asked } = await answering(said);
  await expect(api.declare('{}')).rejects.toThrow(new ApiProblem(said.status, said.body));
  expect(asked).toHaveLength(1);
});

test('what stays unanswered is told after five times (A7)', async () => {
  const { api, asked } = await answering(bare(503));
  await expect(api.site('/v1/sites/shop.example.test')).rejects.toThrow('The API answered 503');
  expect(asked).toHaveLength(5);
});

test('an address where nothing answers is named, with what the network says', async () => {
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const free = createServer().listen(0, '127.0.0.1', () => {
      const address = free.address() as AddressInfo;
      free.close(() => resolve(address));
    });
  });
  const url = `http://127.0.0.1:${port}`;
  await expect(new Api(url).get('/v1/sites')).rejects.toThrow(`Cannot reach the API at ${url} (connect ECONNREFUSED`);
});

test('an address where something listens and never answers is not waited for without end', async () => {
  server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = new Api(url, { longestAnswerMs: 50 });
  await expect(api.get('/v1/sites')).rejects.toThrow(`Cannot reach the API at ${url} (no answer in 35 s): see whether`);
  const stop = new AbortController();
  const asked = expect(api.get('/v1/sites', stop.signal)).rejects.toThrow('Enough');
  stop.abort(new Error('Enough'));
  await asked;
  server.closeAllConnections();
});

describe('TLS that is not as it should be is told with what helps', () => {
  const urlOf = async (listening: Server): Promise<string> => {
    server = listening.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  test('an http: address that is asked as https:', async () => {
    const url = await urlOf(createServer());
    await expect(new Api(url).get('/v1/sites')).rejects.toThrow(
      `Cannot reach the API at ${url} (what answers there does not speak TLS): see whether its address begins with http:, then`,
    );
  });

  test('a certificate of an authority that is not known', async () => {
    const url = await urlOf(createTlsServer(await aSelfSignedCertificate(['127.0.0.1'])));
    const told = /\(self-signed certificate.*\): name the file of its authority in NODE_EXTRA_CA_CERTS/;
    await expect(new Api(url).get('/v1/sites')).rejects.toThrow(told);
  });

  test.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])('a certificate that is %s', (code) => {
    const cause = Object.assign(new Error('certificate'), { code });
    expect(new Unreached('it', new TypeError('fetch failed', { cause })).message).toContain('see whether the clock of');
  });
});

describe('a refusal', () => {
  const kind = (name: string): object => ({ type: `urn:nameplate:problem:${name}`, detail: 'No' });
  test.each([
    ['site-not-found', {}, 'nameplate list'],
    ['operation-running', {}, 'nameplate show shop.example.test --watch'],
    ['operation-running', { location: '/v1/sites/other.example.test' }, 'nameplate show other.example.test --watch'],
    ['no-failover', {}, 'nameplate show shop.example.test'],
    ['window-over', {}, 'nameplate maintenance windows shop.example.test'],
    ['alert-not-found', {}, 'nameplate alerts'],
    ['invalid-site', {}, undefined],
    ['a-kind-of-tomorrow', {}, undefined],
  ])('%s %j names the command to go on with by its kind: %s', async (name, headers, next) => {
    const { api } = await answering({ status: 409, headers: { ...PROBLEM, ...headers }, body: kind(name) });
    await expect(api.change('POST', '/v1/sites/shop.example.test/resume')).rejects.toMatchObject({ next, exitCode: 4 });
  });
});

test.each([
  ['a page of another server', { status: 501, headers: { 'content-type': 'text/html' }, body: {} }],
  ['another API', { status: 404, headers: GATEWAY, body: { error: 'no such thing' } }],
  ['an API of API Gateway without the route', { status: 404, headers: GATEWAY, body: { message: 'Not Found' } }],
  ['a page that is well', { status: 200, headers: { 'content-type': 'text/html' }, body: {} }],
])('%s is told to be no API of Nameplate, with what NAMEPLATE_URL is', async (_, said) => {
  const { api } = await answering(said);
  await expect(api.get('/v1/sites')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^Cannot use http:\/\/127.*is not Nameplate's API \(\d+, \S+\)\. NAMEPLATE_URL is/),
  });
});
