import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { renderPage } from '../../../domain/pages/render-page.ts';
import { DEFAULT_PAGE, type FailoverPage } from '../../../domain/sites/failover.ts';
import { Chromium, type Shown } from '../../support/chromium.ts';
import { isInstalled, testWith } from '../../support/installed.ts';

const PHONE = 390;
const DESK = 1280;
const SCHEMES = ['light', 'dark'] as const;

/** Of text with its background, at least. Source: WCAG 2.2, success criterion 1.4.3. */
const CONTRAST = 4.5;

const PAGES: Record<string, Partial<FailoverPage>> = {
  'without words of its own': {},
  'with a contact': { title: 'Back at nine', message: 'One\ntwo\n\nthree', contact: 'help@shop.example.test' },
  'with a long message': { message: 'We are moving the shop. '.repeat(80), contact: 'at the counter, 9 to 5' },
  'with words that are wider than a phone': {
    title: 'x'.repeat(120),
    message: 'y'.repeat(2_000),
    contact: `https://shop.example.test/${'z'.repeat(270)}`,
  },
  'from right to left': {
    language: 'ar',
    title: 'سنعود قريبا',
    message: 'م'.repeat(300),
    contact: '+49 (30) 123-4567',
  },
};

let browser: Chromium | undefined;
beforeAll(async () => {
  if (isInstalled('chromium')) browser = await Chromium.start();
});
afterAll(() => browser?.close());

async function opened(page: Partial<FailoverPage>, look: Parameters<Chromium['look']>[0]): Promise<Shown> {
  const html = renderPage({ ...DEFAULT_PAGE, ...page }, { domain: `shop.${'a-long-label-'.repeat(4)}.example.test` });
  await browser?.look(look);
  const url = `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
  const shown = await browser?.open(url);
  if (!shown) throw new Error('Chromium was not started');
  return shown;
}

const value = <Value>(expression: string): Promise<Value> => (browser as Chromium).value<Value>(expression);

describe.each(Object.entries(PAGES))('13: in a browser, the page %s', (_, page) => {
  testWith('chromium', 'fits a phone and a desk, with every word within the window', async () => {
    for (const width of [PHONE, DESK]) {
      await opened(page, { width, scheme: 'light' });
      const beyond = await value<string[]>(
        `[...document.querySelectorAll('h1,p,a,bdi,svg')].filter((each) => {
          const { left, right } = each.getBoundingClientRect();
          return left < 0 || right > innerWidth || each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0;
        }).map((each) => each.outerHTML.slice(0, 80))`,
      );
      expect([width, beyond]).toEqual([width, []]);
      expect(await value<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });

  testWith('chromium', 'can be read in both colour schemes, and asks for nothing else', async () => {
    for (const scheme of SCHEMES) {
      const { requests, complaints } = await opened(page, { width: PHONE, scheme });
      expect([requests.length, complaints]).toEqual([1, []]);
      const contrasts = await value<Record<string, number>>(`(${contrasted})()`);
      expect(Object.keys(contrasts).length).toBeGreaterThanOrEqual(3);
      for (const [words, contrast] of Object.entries(contrasts)) {
        expect([scheme, words, contrast >= CONTRAST]).toEqual([scheme, words, true]);
      }
      const wall = await value<string>('getComputedStyle(document.body).backgroundColor');
      expect(brightness(wall) > 0.5).toBe(scheme === 'light');
    }
  });
});

testWith('chromium', '13: in a browser, a page is written in the direction of its language', async () => {
  for (const [language, direction] of [
    ['ar', 'rtl'],
    ['de', 'ltr'],
  ]) {
    await opened({ language: String(language) }, { width: PHONE, scheme: 'light' });
    const { lang, shown } = await value<{ lang: string; shown: string }>(
      '({ lang: document.documentElement.lang, shown: getComputedStyle(document.querySelector("p")).direction })',
    );
    expect([lang, shown]).toEqual([language, direction]);
  }
});

function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / (3 * 255);
}

/** Run in the page: the least contrast of each text with what is behind it, where the wall has two colours. */
const contrasted = `() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((each) => each / 255).map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };
  const named = (variable) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(' + variable + ')';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const behind = (element) => {
    if (element === document.body) return [named('--wall'), named('--light')];
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? behind(element.parentElement) : [backgroundColor];
  };
  const texts = [...document.querySelectorAll('h1,p,a')].filter((each) => each.textContent.trim() !== '');
  return Object.fromEntries(texts.map((each) => [
    each.tagName + ' ' + each.textContent.slice(0, 20),
    Math.min(...behind(each).map((colour) => contrast(getComputedStyle(each).color, colour))),
  ]));
}`;
