import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { AlertView } from '../../domain/care/view.ts';
import type { LeavingPlanView } from '../../domain/plans/leaving-view.ts';
import type { SiteList, SiteView } from '../../domain/sites/view.ts';
import { barriers, chromiumPath, startBrowser } from '../support/browser.ts';
import { aFailover, aSite } from '../support/site.ts';
import { type Answer, type StubbedConsole, stubbedConsole } from '../support/stubbed-console.ts';

if (chromiumPath === undefined) console.warn('Skipped: no Chromium is installed to open the console in');

const domain = 'shop.example.test';
const path = `/v1/sites/${domain}`;
const at = new Date(Date.now() - 600_000).toISOString();

const aView = (changes: Partial<SiteView> = {}): SiteView => ({
  domain,
  displayName: changes.domain ?? domain,
  state: 'live',
  revision: 1,
  site: aSite(),
  waiting: [],
  steps: [
    {
      name: 'ProbeSite',
      state: 'done',
      revision: 1,
      startedAt: at,
      endedAt: at,
      message: 'DNS leads viewers to the site',
      made: [{ type: 'load balancer', id: 'np-0123456789ab', ours: true }],
    },
  ],
  timeline: [{ at, step: 'MarkLive', message: 'Live at https://shop.example.test/' }],
  createdAt: at,
  updatedAt: at,
  liveAt: at,
  ...changes,
});

const listed = ({ domain: name, state, reason, updatedAt }: SiteView): SiteList['sites'][number] => ({
  domain: name,
  edge: 'load-balancer',
  state,
  ...(reason && { reason }),
  updatedAt,
});

(chromiumPath === undefined ? describe.skip : describe)('the console in a browser', () => {
  let browser: Browser;
  let stub: StubbedConsole;
  let page: Page;
  let complaints: string[];
  let sites: SiteView[];
  let alerts: AlertView[];
  let certificates: object[];
  let changes: Record<string, (body: unknown, query: URLSearchParams) => Answer>;

  beforeAll(async () => {
    [browser, stub] = await Promise.all([startBrowser(), stubbedConsole()]);
    page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    await page.goto(stub.link);
    await page.waitForURL(`${stub.origin}/`);
  });

  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  beforeEach(() => {
    complaints = [];
    sites = [aView()];
    alerts = [];
    certificates = [];
    changes = {};
    stub.asked.length = 0;
    stub.answer = ({ what, query, body }) => {
      if (what === 'GET /v1/sites') return { body: { sites: sites.map(listed) } };
      if (what === 'GET /v1/certificates') return { body: { certificates } };
      if (what === 'GET /v1/alerts') return { body: { alerts } };
      const site = sites.find((each) => what === `GET /v1/sites/${each.domain}`);
      return site ? { body: site } : changes[what]?.(body, query);
    };
  });

  const open = (to: string) => page.goto(`${stub.origin}${to}`);
  const dialog = () => page.getByRole('dialog');
  const ask = (what: string) => stub.asked.filter((request) => request.what === what);

  test('weighs at most 120 kB on its way to the browser, if that is compressed', async () => {
    const files = await Promise.all(
      ['/app.js', '/app.css', '/'].map(async (file) => (await page.request.get(`${stub.origin}${file}`)).body()),
    );
    expect(files.reduce((sum, file) => sum + gzipSync(file).length, 0)).toBeLessThan(120_000);
  });

  /** Barriers in either scheme, and what leads off the side of a phone. */
  async function flaws(): Promise<string[]> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await barriers(page)));
    }
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    await page.setViewportSize({ width: 390, height });
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
    if (wide > 390) found.push(`it is ${wide} wide on a phone`);
    await page.setViewportSize({ width, height });
    return found;
  }

  describe('Sites', () => {
    test('shows each with its state, and which needs a person and why', async () => {
      const reason = { step: 'Preflight', error: 'Refused', message: 'Start the web server' } as const;
      sites = [aView(), aView({ domain: 'held.example.test', state: 'held', reason })];
      await open('/');
      const held = page.getByRole('row').filter({ hasText: 'held.example.test' });
      await held.waitFor();
      expect(await held.innerText()).toMatch(/held\s+Needs you\s*Start the web server/);
      await page.getByLabel('Needs a person (1)').check();
      await page.getByRole('row').filter({ hasText: domain }).waitFor({ state: 'detached' });
      expect(await flaws()).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('says what to do where there is none', async () => {
      sites = [];
      await open('/');
      await page.getByText('No sites yet').waitFor();
      expect(await flaws()).toEqual([]);
    });

    test('has thousands, draws those in sight, and finds one by its name', async () => {
      sites = Array.from({ length: 5_000 }, (_, each) =>
        aView({ domain: `shop-${String(each).padStart(4, '0')}.test` }),
      );
      await open('/');
      const table = page.getByRole('table', { name: 'Sites' });
      await page.locator('[aria-rowcount="5001"]').waitFor();
      expect(await table.getByRole('row').count()).toBeLessThan(100);
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      await table.getByText('shop-4999.test').waitFor();
      await page.getByRole('searchbox').fill('shop-0042');
      await page.locator('[aria-rowcount="2"]').waitFor();
      await table.getByText('shop-0042.test').waitFor();
      expect(page.url()).toContain('text=shop-0042');
    });

    test('leads from site to site by keys, and to one by Enter', async () => {
      sites = ['a.test', 'b.test'].map((each) => aView({ domain: each }));
      await open('/');
      await page.getByRole('link', { name: 'a.test' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${stub.origin}/sites/b.test`);
      await page.getByRole('heading', { name: 'b.test', level: 1 }).waitFor();
    });

    test('says that it is offline and keeps what it has seen, until it is back', async () => {
      await open('/');
      await page.getByRole('link', { name: domain }).waitFor();
      await page.context().setOffline(true);
      await page.getByText('Offline').waitFor({ timeout: 120_000 });
      expect(await page.getByRole('link', { name: domain }).isVisible()).toBe(true);
      await page.context().setOffline(false);
      await page.getByText('Offline').waitFor({ state: 'detached' });
    });
  });

  describe('a site', () => {
    test('shows where each leg of the way stands, and is usable by all', async () => {
      const seen = { at, asked: 'https://origin/', found: 'no TLS (EPROTO)', isWell: false };
      sites = [
        aView({
          failover: { on: 'origin', armed: true, hold: false },
          probes: [
            { ...seen, leg: 'edge', found: '200', isWell: true },
            { ...seen, leg: 'origin' },
          ],
        }),
      ];
      await open(`/sites/${domain}`);
      const way = page.getByRole('list', { name: 'The way of a request' });
      await way.waitFor();
      expect(await way.innerText()).toMatch(/Viewer → DNS in place[\s\S]*DNS → Maintenance page stands by/);
      expect(await way.innerText()).toMatch(/200\s+https:\/\/origin\/, 10 min ago/);
      expect(await way.innerText()).toMatch(/no TLS \(EPROTO\)\s+https:\/\/origin\/, 10 min ago/);
      expect(await flaws()).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('shows the records to enter with what is seen of each, and copies one', async () => {
      const waiting = [{ step: 'CheckDelegation', for: 'Enter the record', since: at }];
      const record = {
        name: `_nameplate-challenge.${domain}`,
        type: 'TXT' as const,
        values: ['nameplate-challenge=abc'],
        for: 'ownership' as const,
        seen: 'missing' as const,
        note: 'Proves that the name is yours',
        ttlSeconds: 300,
      };
      const operation = { name: 'onboard' as const, startedAt: at };
      sites = [aView({ state: 'pending', operation, waiting, records: [record], steps: [], timeline: [] })];
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stub.origin });
      await open(`/sites/${domain}`);
      await page.getByText('Waits for you').waitFor();
      await page.getByRole('button', { name: 'Copy value nameplate-challenge=abc' }).click();
      await page.getByRole('button', { name: 'Copied value nameplate-challenge=abc' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe('nameplate-challenge=abc');
      expect(await flaws()).toEqual([]);
    });

    test('goes on with what is held once a person has said so, and says why it is', async () => {
      const reason = { step: 'Preflight', error: 'Refused', message: 'Start the web server' } as const;
      sites = [aView({ state: 'held', reason })];
      changes[`POST ${path}/resume`] = () => {
        sites = [aView({ state: 'pending', operation: { name: 'onboard', startedAt: at } })];
        return { status: 202, body: sites[0] as SiteView };
      };
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Resume' }).click();
      expect(await dialog().innerText()).toContain('Start the web server');
      expect(await flaws()).toEqual([]);
      await dialog().getByRole('button', { name: 'Resume' }).click();
      await page.getByText('pending').waitFor();
      expect(await dialog().count()).toBe(0);
    });

    test('is deleted as its plan says, which is shown before, and with the approval of what it lists', async () => {
      const plan: LeavingPlanView = {
        domain,
        changes: [
          {
            verb: 'delete',
            phase: 'release',
            resource: { type: 'record', name: `${domain} A` },
            message: `Delete ${domain} A`,
          },
        ],
        findings: [],
        waits: [],
        approval: { checksum: 'c0ffee', zones: [], limits: { deletions: 5, percent: 30 } },
      };
      changes[`DELETE ${path}`] = (_, query) => {
        if (query.get('plan') === 'true') return { body: plan };
        sites = [aView({ state: 'undoing', operation: { name: 'undo', startedAt: at } })];
        return { status: 202, body: sites[0] as SiteView };
      };
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await dialog().getByText(`Delete ${domain} A`).waitFor();
      expect(ask(`DELETE ${path}`).map(({ query }) => query.get('plan'))).toEqual(['true']);
      expect(await flaws()).toEqual([]);
      await dialog().getByRole('button', { name: 'Delete as planned' }).click();
      await page.getByText('undoing').waitFor();
      expect(ask(`DELETE ${path}`).at(-1)?.body).toEqual({ approve: 'c0ffee' });
    });

    test('is left as it is when the question is left', async () => {
      sites = [aView({ state: 'pending', operation: { name: 'onboard', startedAt: at } })];
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await dialog().getByRole('button', { name: 'Leave it' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      expect(ask(`POST ${path}/cancel`)).toEqual([]);
    });

    test('shows the list that an undo has to have approved, and sends its checksum with the second answer', async () => {
      sites = [aView({ state: 'held' })];
      const errors = [{ pointer: '#/records/0', detail: `Delete ${domain} A from the zone` }];
      const approval = { checksum: 'abc123', zones: [], limits: { deletions: 5, percent: 30 } };
      changes[`POST ${path}/undo`] = (body) => {
        if (!(body as { approve?: string }).approve)
          return { status: 409, body: { detail: 'It deletes more than goes unasked', errors, approval } };
        sites = [aView({ state: 'undoing', operation: { name: 'undo', startedAt: at } })];
        return { status: 202, body: sites[0] as SiteView };
      };
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Undo' }).click();
      await dialog().getByRole('button', { name: 'Undo' }).click();
      await dialog().getByText(`Delete ${domain} A from the zone`).waitFor();
      await dialog().getByRole('button', { name: 'Approve this list' }).click();
      await page.getByText('undoing').waitFor();
      expect(ask(`POST ${path}/undo`).map(({ body }) => body)).toEqual([{}, { approve: 'abc123' }]);
    });

    test('is led to its page with the words and the end that a person gives', async () => {
      sites = [aView({ site: aSite({ failover: aFailover() }), failover: { on: 'origin', armed: true, hold: false } })];
      changes[`PUT ${path}/maintenance`] = () => {
        sites = [aView({ failover: { on: 'page', armed: true, hold: false, since: at } })];
        return { status: 202, body: sites[0] as SiteView };
      };
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Maintenance on' }).click();
      await dialog().getByRole('textbox').first().fill('Back at noon');
      await dialog().getByRole('button', { name: 'Lead them there' }).click();
      await page.getByRole('button', { name: 'Maintenance off' }).waitFor();
      expect(ask(`PUT ${path}/maintenance`)[0]?.body).toEqual({ state: 'on', message: 'Back at noon' });
      const way = page.getByRole('list', { name: 'The way of a request' });
      expect(await way.innerText()).toMatch(/DNS → Load balancer leads nowhere/);
    });

    test('is followed once a person has begun something, and by nothing else before', async () => {
      await page.route('**/console.json', (route) => route.fulfill({ json: { where: 'a stack', isLocal: false } }));
      const failover = { armed: true, hold: false };
      sites = [aView({ site: aSite({ failover: aFailover() }), failover: { on: 'origin', ...failover } })];
      changes[`PUT ${path}/maintenance`] = () => {
        sites = [aView({ state: 'switching', failover: { on: 'page', ...failover } })];
        return { status: 202, body: sites[0] as SiteView };
      };
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Maintenance on' }).click();
      await dialog().getByRole('button', { name: 'Lead them there' }).click();
      await page.getByText('switching').waitFor();
      sites = [aView({ failover: { on: 'page', ...failover } })];
      await page.getByRole('button', { name: 'Maintenance off' }).waitFor();
      await page.unroute('**/console.json');
    });

    test('that cannot be drawn leaves the way to all others, and is there once it can be and is loaded again', async () => {
      const { steps: _, ...undrawable } = aView();
      sites = [undrawable as SiteView];
      await open(`/sites/${domain}`);
      await page.getByRole('heading', { name: 'This page cannot be shown' }).waitFor();
      expect(complaints.splice(0)).toEqual([expect.stringContaining('TypeError')]);
      expect(await flaws()).toEqual([]);
      await page.getByRole('link', { name: 'Sites', exact: true }).click();
      await page.getByRole('link', { name: domain }).click();
      await page.getByRole('heading', { name: 'This page cannot be shown' }).waitFor();
      sites = [aView()];
      await page.getByRole('button', { name: 'Load again' }).click();
      await page.getByRole('heading', { name: domain, level: 1 }).waitFor();
      expect(complaints.splice(0)).toEqual([expect.stringContaining('TypeError')]);
    });

    test('is looked at when what was asked for is refused: another one has begun something', async () => {
      sites = [aView({ state: 'held' })];
      changes[`POST ${path}/undo`] = () => {
        sites = [aView({ state: 'undoing', operation: { name: 'undo', startedAt: at } })];
        return { status: 409, body: { detail: 'An operation is running for it' } };
      };
      await open(`/sites/${domain}`);
      await page.getByRole('button', { name: 'Undo' }).click();
      await dialog().getByRole('button', { name: 'Undo' }).click();
      await page.locator('.head').getByText('undoing').waitFor();
    });

    test('that was stopped and taken back is not to be resumed', async () => {
      const reason = {
        step: 'AwaitCertificate',
        error: 'Cancelled',
        message: 'Stopped on request: resume it',
      } as const;
      sites = [aView({ state: 'held', reason })];
      await open(`/sites/${domain}`);
      await page.getByText('Stopped on request: resume it').waitFor();
      sites = [aView({ state: 'undone', reason })];
      await page.evaluate("dispatchEvent(new Event('online'))");
      await page.getByText('undone', { exact: true }).waitFor();
      expect(await page.getByText('Stopped on request').count()).toBe(0);
    });

    test('that was taken back has no certificate, whatever the list of all has from before', async () => {
      certificates = [{ domain, place: 'edge', names: [domain], daysLeft: 90, renewal: 'automatic', servedAt: [] }].map(
        (each) => ({ ...each, validFrom: at, validTo: new Date(Date.now() + 90 * 86_400_000).toISOString() }),
      );
      await open(`/sites/${domain}`);
      await page.getByText(/Certificate: \d+ days left/).waitFor();
      sites = [aView({ state: 'undone' })];
      await page.evaluate("dispatchEvent(new Event('online'))");
      await page.getByText('undone', { exact: true }).waitFor();
      expect(await page.getByText(/days left/).count()).toBe(0);
    });

    test('costs no request while nothing runs, says how old it is, and is looked at when a person asks for it', async () => {
      const context = await browser.newContext();
      const idle = await context.newPage();
      await idle.clock.install();
      await idle.goto(stub.link);
      await idle.waitForURL(`${stub.origin}/`);
      await idle.goto(`${stub.origin}/sites/${domain}`);
      await idle.getByText('As of less than a minute ago').waitFor();
      const before = stub.asked.length;
      await idle.clock.fastForward('20:00');
      await idle.getByText('As of 20 minutes ago').waitFor();
      expect(stub.asked.slice(before)).toEqual([]);
      sites = [aView({ state: 'held' })];
      await idle.getByRole('button', { name: 'Refresh' }).click();
      await idle.getByText('held', { exact: true }).waitFor();
      await idle.getByText('As of less than a minute ago').waitFor();
      await context.close();
    });

    test('that is not there is said to be so by the API', async () => {
      await open('/sites/unknown.example.test');
      await page.getByText('the test says nothing of it').waitFor();
      expect(await flaws()).toEqual([]);
    });
  });

  describe('a document', () => {
    test('that was left unfinished goes on where it was left, and says that the site has another one by now', async () => {
      await open(`/sites/${domain}/change`);
      const edge = page.getByLabel('Edge');
      await edge.selectOption('direct');
      await open(`/sites/${domain}/change`);
      const left = page.getByRole('note').filter({ hasText: 'You left this unfinished' });
      expect(await left.innerText()).not.toContain('another document');
      expect(await edge.inputValue()).toBe('direct');
      expect(await flaws()).toEqual([]);
      sites = [aView({ site: aSite({ aliases: ['more.shop.example.test'] }) })];
      await open(`/sites/${domain}/change`);
      await left.getByText('The site has another document by now').waitFor();
      await left.getByRole('button', { name: 'Start over' }).click();
      await left.waitFor({ state: 'detached' });
      expect(await edge.inputValue()).toBe('load-balancer');
      expect(await page.getByLabel('The document').inputValue()).toContain('more.shop.example.test');
    });

    test('that is not JSON is not written over by the form, which follows once it is', async () => {
      await open('/new');
      const [text, name] = [page.getByLabel('The document'), page.getByLabel('Domain')];
      await text.fill('domain: shop.example.test');
      await page.getByText('the form follows once it is').waitFor();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.type('x');
      expect(await text.inputValue()).toBe('domain: shop.example.test');
      expect(await flaws()).toEqual([]);
      await text.fill('{ "domain": "shop.example.test" }');
      await name.fill('other.example.test');
      expect(JSON.parse(await text.inputValue())).toEqual({ domain: 'other.example.test' });
    });

    test('is a draft of its site alone, and of the place that the console leads to', async () => {
      await open('/new');
      await page.getByLabel('Domain').fill('half.example.test');
      await open(`/sites/${domain}/change`);
      await page.getByLabel('The document').waitFor();
      expect(await page.getByText('You left this unfinished').count()).toBe(0);
      await page.route('**/console.json', (route) => route.fulfill({ json: { where: 'a stack', isLocal: false } }));
      await open('/new');
      await page.getByLabel('Domain').waitFor();
      expect(await page.getByLabel('Domain').inputValue()).toBe('');
      await page.unroute('**/console.json');
    });
  });

  describe('New site', () => {
    test('is written as a document where the form cannot be read, and says why there is none', async () => {
      await page.route('**/site.schema.json', (route) => route.abort());
      await open('/new');
      await page.getByRole('alert').getByText('see whether "nameplate console" still runs').waitFor();
      expect(await page.getByLabel('The document').isVisible()).toBe(true);
      await page.unroute('**/site.schema.json');
    });
  });
});
