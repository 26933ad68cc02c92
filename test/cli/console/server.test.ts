import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { serveConsole } from '../../../cli/console/server.ts';
import { Ending } from '../../../cli/exit-codes.ts';
import { siteSchema } from '../../../cli/site-schema.ts';
import { signing } from '../../../cli/target/signing.ts';
import { credentialOf } from '../../../local/wire/credential.ts';
import { signatureOf } from '../../../local/wire/sigv4.ts';
import { type AConsole, type AnApi, aConsole, anApi, type Heard } from './a-console.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
const opened = <Thing extends { close(): unknown }>(thing: Thing): Thing => {
  open.push(thing);
  return thing;
};

/** A console at an API that answers so. */
async function consoleAt(answer?: Parameters<typeof anApi>[0]): Promise<{ api: AnApi; shown: AConsole }> {
  const api = opened(await anApi(answer));
  return { api, shown: opened(await aConsole({ target: api })) };
}

describe('a file', () => {
  let shown: AConsole;
  beforeAll(async () => {
    shown = await aConsole({ target: { url: 'http://127.0.0.1:1' } });
  });
  afterAll(() => shown.close());

  test('comes with a policy that lets the page load from here alone, run no other script and stand in no frame', async () => {
    const { status, headers, body } = await shown.ask({ path: '/app.js' });
    expect([status, body, headers['content-type']]).toEqual([200, 'go()', 'text/javascript; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('is the page for every path that the browser goes to', async () => {
    const { body } = await shown.ask({
      path: '/sites/shop.example.test?tab=plan',
      headers: { 'sec-fetch-dest': 'document' },
    });
    expect(body).toBe('<!doctype html>');
  });

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/app.js/../../x',
    '//etc/passwd',
    '/\\..\\x',
    'http://127.0.0.1/app.js',
    '/constructor',
    '/__proto__',
    '/app.js%00',
  ])('is never found by the path %s', async (path) => {
    expect((await shown.ask({ path })).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('is not changed by %s', async (method) => {
    const { status, headers } = await shown.ask({ path: '/app.js', method });
    expect([status, headers['allow']]).toEqual([405, 'GET']);
  });

  test('tells the page where it leads, and the schema of a site document', async () => {
    expect(JSON.parse((await shown.ask({ path: '/console.json' })).body)).toEqual({
      where: 'nameplate local',
      isLocal: true,
    });
    expect(JSON.parse((await shown.ask({ path: '/site.schema.json' })).body)).toEqual(
      JSON.parse(JSON.stringify(siteSchema())),
    );
  });
});

describe('a request to the API', () => {
  test('is passed on with its method, path, query, body and Idempotency-Key, without cookies and what concerns the browser', async () => {
    const { api, shown } = await consoleAt();
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': 'k1',
      referer: `${shown.access.origin}/`,
      'x-forwarded-for': '203.0.113.9',
      authorization: 'Basic x',
      te: 'trailers',
    };
    await shown.ask({ method: 'PUT', path: '/v1/sites/shop.example.test?tenant=a%20b', headers, body: '{"ä":1}' });
    const [{ headers: passed, ...heard } = {} as Heard] = api.heard;
    expect(heard).toEqual({ method: 'PUT', url: '/v1/sites/shop.example.test?tenant=a+b', body: '{"ä":1}' });
    expect(passed).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k1' });
    for (const name of ['cookie', 'origin', 'referer', 'x-forwarded-for', 'authorization', 'te'])
      expect([name, passed[name]]).toEqual([name, undefined]);
  });

  test('gets its answer with status and document, without cookies and what concerns the connection', async () => {
    const { shown } = await consoleAt({
      status: 202,
      headers: {
        location: '/v1/sites/shop.example.test',
        'retry-after': '5',
        date: 'Sun, 22 Nov 2026 12:00:00 GMT',
        'set-cookie': 'a=b',
        'access-control-allow-origin': '*',
        'content-security-policy': 'x',
      },
      body: '{"a":1}',
    });
    const { status, headers, body } = await shown.ask({ method: 'POST', path: '/v1/sites', body: '{}' });
    expect([status, body]).toEqual([202, '{"a":1}']);
    expect(headers).toMatchObject({
      location: '/v1/sites/shop.example.test',
      'retry-after': '5',
      date: 'Sun, 22 Nov 2026 12:00:00 GMT',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect([headers['set-cookie'], headers['access-control-allow-origin']]).toEqual([undefined, undefined]);
  });

  test.each(['/v1/../console.json', '/v1/%2e%2e/x', '/v1', '/v2/sites', '//evil.example/v1/sites', '/v1/..\\x'])(
    'leaves /v1/ by no path: %s',
    async (path) => {
      const { api, shown } = await consoleAt();
      expect([(await shown.ask({ path })).status, api.heard]).toEqual([404, []]);
    },
  );

  test.each(['PATCH', 'OPTIONS', 'TRACE', 'HEAD'])('by %s is refused', async (method) => {
    const { api, shown } = await consoleAt();
    const { status, headers } = await shown.ask({ method, path: '/v1/sites' });
    expect([status, headers['allow'], api.heard]).toEqual([405, 'GET, POST, PUT, DELETE', []]);
  });

  test('with a body above the bound is refused, announced or not, and never reaches the API', async () => {
    const { api, shown } = await consoleAt();
    const body = Buffer.alloc(256 * 1024 + 1, 'x');
    const chunked = { 'transfer-encoding': 'chunked' };
    for (const headers of [{ 'content-length': `${body.length}` }, chunked])
      expect((await shown.ask({ method: 'POST', path: '/v1/plans', headers, body })).status).toBe(413);
    expect(api.heard).toEqual([]);
    const most = await shown.ask({ method: 'POST', path: '/v1/plans', body: body.subarray(1) });
    expect([most.status, api.heard[0]?.body.length]).toEqual([200, 256 * 1024]);
  });

  test('concerns the tenant of the command, whatever the page asks for', async () => {
    const api = opened(await anApi());
    const shown = opened(await aConsole({ target: api, tenant: 'shop' }));
    await shown.ask({ path: '/v1/sites?tenant=other&limit=2' });
    expect(api.heard[0]?.url).toBe('/v1/sites?tenant=shop&limit=2');
  });

  test('is signed on this machine: the API can verify it, and the browser is told no key', async () => {
    const api = opened(await anApi());
    const credentials = {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'a-secret-key',
      sessionToken: 'a-session-token',
    };
    const send = signing(api.url, { region: 'us-east-1', credentials: async () => credentials });
    const shown = opened(await aConsole({ target: { url: api.url, send } }));
    const got = await shown.ask({ method: 'POST', path: '/v1/plans?a=b%20c', body: '{"domain":"ä.example"}' });
    const [{ method, url, headers, body } = {} as Heard] = api.heard;
    const { pathname, searchParams } = new URL(url, api.url);
    const wire = { method, path: pathname, query: searchParams, headers, body: Buffer.from(body) };
    const credential = credentialOf(wire);
    expect(credential).toMatchObject({ accessKeyId: 'ASIAEXAMPLE', service: 'execute-api', region: 'us-east-1' });
    expect(credential?.signature).toBe(signatureOf(wire, credential!, 'a-secret-key'));
    expect(headers['x-amz-security-token']).toBe('a-session-token');
    const seen = JSON.stringify(got);
    for (const secret of [...Object.values(credentials), 'AWS4-HMAC', credential?.signature])
      expect(seen).not.toContain(secret);
  });
});

describe('an API that does not answer', () => {
  const failing = (error: unknown) => ({
    url: 'https://abc.execute-api.us-east-1.amazonaws.com',
    send: () => Promise.reject(error),
  });

  test.each([
    [401, 'credentials that have ended', new Ending('Cannot find AWS credentials; log in: aws sso login', 2)],
    [403, 'a permission that is missing', new Ending('Cannot ask: x is not allowed execute-api:Invoke on y', 4)],
    [502, 'an address that is not reached', new Ending('Cannot reach it (ENOTFOUND)', 1)],
    [504, 'one that takes too long', new DOMException('The operation timed out', 'TimeoutError')],
  ])('is told with %d for %s, in words that say what to do', async (status, _, error) => {
    const shown = opened(await aConsole({ target: failing(error) }));
    const got = await shown.ask({ path: '/v1/sites' });
    expect([got.status, got.headers['content-type']]).toEqual([status, 'application/problem+json']);
    const { detail } = JSON.parse(got.body) as { detail: string };
    expect(detail).toContain(error instanceof Ending ? error.message : 'Cannot wait longer for the API');
  });

  test('is told with its address and what the network says', async () => {
    const { port } = await freePort();
    const shown = opened(await aConsole({ target: { url: `http://127.0.0.1:${port}` } }));
    const { status, body } = await shown.ask({ path: '/v1/sites' });
    expect([status, body]).toEqual([502, expect.stringContaining(`127.0.0.1:${port} (connect ECONNREFUSED`)]);
  });
});

test('a port that another process has is told with the fix, and exit code 2', async () => {
  const taken = opened(createServer());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', () => resolve()));
  const { port } = taken.address() as AddressInfo;
  const serving = serveConsole({ target: { url: '' }, files: new Map(), where: {}, port });
  await expect(serving).rejects.toMatchObject({
    message: expect.stringMatching(`^Cannot listen on port ${port}: another process has it; choose another by --port`),
    exitCode: 2,
  });
});

/** A port where nothing listens. */
async function freePort(): Promise<{ port: number }> {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', () => resolve()));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  return { port };
}
