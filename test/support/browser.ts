import axe from 'axe-core';
import type { Page } from 'playwright-core';

export { chromiumPath, startBrowser } from '../../cli/bench/chromium.ts';

/** What a screen reader or a keyboard cannot use of a page, by the rules of axe: "color-contrast (…): .muted". */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // No script runs in the maintenance page's frame: axe would wait for its answer for good.
  const { violations } = (await page.evaluate('axe.run({ iframes: false })')) as axe.AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`));
}

/** Phone, notebook, wide screen: in CSS pixels. */
const WIDTHS = [390, 1280, 1920];

/**
 * What is wrong with how a page looks: barriers in either colour scheme, and text that leads off the side of any screen. With
 * CONSOLE_PICTURES it leaves a picture of each in that folder, to be looked at.
 */
export async function flaws(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  const { CONSOLE_PICTURES: folder } = process.env;
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await widthAt(page, width);
      if (wide > width) found.push(`${name} is ${wide} wide at ${width}`);
      if (folder) await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    found.push(...(await barriers(page)));
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  return found;
}

/** How wide the page is once it has been drawn for that width: a busy machine takes some frames for it. */
async function widthAt(page: Page, width: number): Promise<number> {
  const wide = async () => Number(await page.evaluate('document.documentElement.scrollWidth'));
  let found = await wide();
  for (let frame = 0; found > width && frame < 60; frame++) {
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => drawn()))');
    found = await wide();
  }
  return found;
}
