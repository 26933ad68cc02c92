import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { SiteList } from '../../domain/sites/view.ts';
import { type File, frontEnd } from '../console/front-end.ts';
import { serveConsole } from '../console/server.ts';
import { chromiumPath, startBrowser } from './chromium.ts';
import { median } from './median.ts';
import { type Row, row } from './row.ts';

const SITES = 5_000;
const PAGE = 1_000;

/** How long the list is scrolled, and by how much a frame: a second crosses some 80 rows. */
const SCROLL_MS = 2_000;
const SCROLL_PX = 50;

/** How heavy the console is, and how soon it is there: by Chromium, from an API that answers at once. */
export async function consoleRows(runs: number): Promise<Row[]> {
  const files = frontEnd();
  const bytes = packedBytes(files);
  const weight = row('the console, gzipped', 'the build', {
    measured: `${(bytes / 1000).toFixed(1)} kB`,
    target: 'at most 120 kB',
    met: bytes <= 120_000,
    values: { bytes },
  });
  if (chromiumPath === undefined) {
    console.error('The console is not measured in a browser: there is no Chromium');
    return [weight];
  }
  const [few, many] = [await apiOf(0), await apiOf(SITES)];
  const browser = await startBrowser();
  try {
    const paints: number[] = [];
    const listed: number[] = [];
    const frames: number[] = [];
    for (let run = 1; run <= Math.max(runs, 1); run++) {
      paints.push(await shown(few, firstPaint));
      listed.push(
        await shown(many, async (page) => {
          const ms = await whole(page);
          frames.push(await framesPerSecond(page));
          return ms;
        }),
      );
    }
    const of = `${paints.length} runs`;
    return [
      weight,
      row('first paint of the console', of, {
        measured: `${median(paints).toFixed(0)} ms`,
        target: 'at most 500 ms',
        met: median(paints) <= 500,
        values: { ms: median(paints) },
      }),
      row(`${SITES.toLocaleString('en')} sites listed`, of, {
        measured: `${median(listed).toFixed(0)} ms`,
        target: 'at most 1 s',
        met: median(listed) <= 1_000,
        values: { ms: median(listed) },
      }),
      row('the same scrolled', of, {
        measured: `${median(frames).toFixed(0)} frames a second`,
        target: 'at least 50',
        met: median(frames) >= 50,
        values: { framesPerSecond: median(frames) },
      }),
    ];
  } finally {
    await browser.close();
    few.close();
    many.close();
  }

  /** Opens a console of its own in a browser that knows nothing of it, and measures its first page. */
  async function shown(api: Server, measure: (page: Page) => Promise<number>): Promise<number> {
    const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    const served = await serveConsole({ files, target: { url }, where: { where: 'bench', isLocal: false } });
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    try {
      const page = await context.newPage();
      // The link leads to the page by itself: only that one is measured.
      await page.goto(served.access.link());
      await page.waitForURL(`${served.access.origin}/`);
      await page.reload({ waitUntil: 'commit' });
      return await measure(page);
    } finally {
      await context.close();
      await served.close();
    }
  }
}

/** What the browser loads, as a server that compresses would send it. */
export const packedBytes = (files: ReadonlyMap<string, File>): number =>
  [...files.values()].reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0);

/** In ms after the navigation began. */
const firstPaint = (page: Page): Promise<number> =>
  onceThere(page, `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`);

/** Until all sites are counted and the first of them drawn, in ms after the navigation began. */
const whole = (page: Page): Promise<number> =>
  onceThere(
    page,
    `document.querySelector('.head p')?.textContent === '${SITES.toLocaleString('en')}' &&
      document.querySelector('[role=row] a') && performance.now()`,
  );

/** The value of an expression in the page, looked at in every frame until there is one. */
async function onceThere(page: Page, expression: string): Promise<number> {
  const look = `const look = () => { const found = ${expression}; found ? resolve(found) : requestAnimationFrame(look); };`;
  return Number(await page.evaluate(`new Promise((resolve) => { ${look} look(); })`));
}

async function framesPerSecond(page: Page): Promise<number> {
  const frames = await page.evaluate(`new Promise((resolve) => {
    const began = performance.now();
    let frames = 0;
    const next = (now) => {
      if (now - began >= ${SCROLL_MS}) return resolve(frames / ((now - began) / 1000));
      frames += 1;
      scrollBy(0, ${SCROLL_PX});
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })`);
  return Number(frames);
}

/** An API that lists so many sites, a page at a time, and nothing else. */
async function apiOf(count: number): Promise<Server> {
  const sites = Array.from({ length: count }, (_, at): SiteList['sites'][number] => ({
    domain: `shop-${String(at).padStart(4, '0')}.example.com`,
    edge: 'load-balancer',
    state: 'live',
    updatedAt: new Date(Date.UTC(2026, 10, 1) + at * 60_000).toISOString(),
  }));
  const server = createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://api.invalid');
    const from = Number(searchParams.get('next') ?? 0);
    const next = from + PAGE < count ? { next: String(from + PAGE) } : {};
    const lists = { '/v1/sites': { sites: sites.slice(from, from + PAGE), ...next } };
    const said = { certificates: [], alerts: [], ...lists[pathname as keyof typeof lists] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
