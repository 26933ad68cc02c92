import { afterEach, expect, test } from '@jest/globals';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { type AConsole, type AnApi, aConsole, anApi } from './a-console.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const domain = 'xn--bcher-kva.example';

async function consoleOf(failover?: object, tenant?: string): Promise<{ api: AnApi; shown: AConsole }> {
  const api = await anApi({ status: 200, headers: {}, body: JSON.stringify({ domain, site: { domain, failover } }) });
  const shown = await aConsole({ target: api, ...(tenant !== undefined && { tenant }) });
  open.push(api, shown);
  return { api, shown };
}

test('shows the page of a site with other words, made safe, and its name as people read it', async () => {
  const { api, shown } = await consoleOf({ page: DEFAULT_PAGE }, 'acme');
  const message = new URLSearchParams({ message: 'Back <at> four' });
  const { status, headers, body } = await shown.ask({ path: `/preview/${domain}?${message}` });
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(body).toContain('<p>Back &lt;at&gt; four</p>');
  expect(body).toContain('bücher.example');
  expect(api.heard.map(({ url }) => url)).toEqual([`/v1/sites/${domain}?tenant=acme`]);
});

test('lets the page run no script, be of no origin and stand in no frame but of the console', async () => {
  const html = '<!doctype html><script>alert(1)</script>';
  const { shown } = await consoleOf({ page: { ...DEFAULT_PAGE, html } });
  const { headers, body } = await shown.ask({ path: `/preview/${domain}` });
  expect(body).toBe(html);
  expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'; /);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect(headers['content-security-policy']).not.toMatch(/script-src|allow-/);
});

test('says of a site without a page that it has none', async () => {
  const { shown } = await consoleOf();
  const { status, body } = await shown.ask({ path: `/preview/${domain}` });
  expect([status, JSON.parse(body).detail]).toEqual([
    404,
    `Cannot show the maintenance page of ${domain}: it has none`,
  ]);
});

test.each(['/preview/..%2f..%2fx', '/preview/../x', '/preview/'])(
  'asks nothing but sites of the API: %s',
  async (path) => {
    const { api, shown } = await consoleOf({ page: DEFAULT_PAGE });
    await shown.ask({ path });
    for (const { url } of api.heard) expect(url).toMatch(/^\/v1\/sites\//);
  },
);
