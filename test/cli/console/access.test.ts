import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AConsole, type AnApi, aConsole, anApi, type Sent } from './a-console.ts';

let api: AnApi;
let shown: AConsole;
beforeAll(async () => {
  api = await anApi();
  shown = await aConsole({ target: api });
});
afterAll(async () => {
  await shown.close();
  api.close();
});

const PATHS = ['/', '/app.js', '/console.json', '/v1/sites', '/sites/shop.example.test'];

/** Sends it with all that the page has, but for what is given. */
async function refused(sent: Sent): Promise<string> {
  const before = api.heard.length;
  const { status, headers, body } = await shown.ask(sent);
  const { detail } = JSON.parse(body) as { detail: string };
  expect([status, headers['content-type'], api.heard.length]).toEqual([403, 'application/problem+json', before]);
  return detail;
}

test('the page is answered', async () => {
  const headers = { 'sec-fetch-dest': 'document' };
  expect(await Promise.all(PATHS.map(async (path) => (await shown.ask({ path, headers })).status))).toEqual(
    PATHS.map(() => 200),
  );
});

describe.each(PATHS)('%s', (path) => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '0.0.0.0', '[::1]'])(
    'is not answered under the host %j: DNS rebinding',
    async (host) => {
      expect(await refused({ path, headers: { host } })).toContain(`the console is at ${shown.access.origin}/`);
    },
  );

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  ])('is not answered to a page of another origin: %j', async (headers) => {
    expect(await refused({ path, headers: headers as Record<string, string> })).toMatch(/of another origin/);
  });

  test.each(['', 'nameplate=x', 'nameplate-PORT=x', 'nameplate-PORT='])(
    'is not answered without the cookie of this run: %j',
    async (cookie) => {
      const headers = { cookie: cookie.replace('PORT', `${shown.port}`) };
      expect(await refused({ path, headers })).toContain('open the link that "nameplate console" has printed');
    },
  );
});

test('a person whose browser goes there without the cookie reads words, and no document', async () => {
  const { status, headers, body } = await shown.send({ path: '/', headers: { 'sec-fetch-dest': 'document' } });
  expect([status, headers['content-type'], body]).toEqual([
    403,
    'text/plain; charset=utf-8',
    'Cannot tell who asks: open the link that "nameplate console" has printed\n',
  ]);
});

describe('a link', () => {
  const pathOf = (link: string): string => link.slice(shown.access.origin.length);

  test('is exchanged for a cookie that no script reads and no other site sends, and leads to the page without its secret', async () => {
    const { status, headers } = await shown.send({ path: pathOf(shown.access.link()) });
    expect([status, headers['refresh']]).toEqual([200, '0; url=/']);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^nameplate-\d+=[\w-]{22}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
  });

  test('may be opened from anywhere, since who opens it knows the secret', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await shown.send({ path: pathOf(shown.access.link()), headers })).status).toBe(200);
  });

  test.each(['wrong', '', 'x'.repeat(22)])('with the secret %j is refused, and gives no cookie', async (token) => {
    const { status, headers, body } = await shown.send({ path: `/?token=${token}` });
    expect([status, headers['set-cookie'], body]).toEqual([
      403,
      undefined,
      expect.stringContaining('open the one that \\"nameplate console\\" has printed'),
    ]);
  });

  test('that the list of processes shows is good for one use', async () => {
    const path = pathOf(shown.access.singleUseLink());
    expect((await shown.send({ path })).status).toBe(200);
    expect((await shown.send({ path })).status).toBe(403);
    expect((await shown.send({ path: pathOf(shown.access.link()) })).status).toBe(200);
  });

  test('is exchanged under the own host alone', async () => {
    const { status, headers } = await shown.send({
      path: pathOf(shown.access.link()),
      headers: { host: 'evil.example' },
    });
    expect([status, headers['set-cookie']]).toEqual([403, undefined]);
  });

  test('of another run is refused', async () => {
    const other = await aConsole({ target: api });
    const path = `/${new URL(other.access.link()).search}`;
    await other.close();
    expect((await shown.send({ path })).status).toBe(403);
  });
});
