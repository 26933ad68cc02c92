import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export { chromiumPath, startBrowser } from '../../cli/bench/chromium.ts';

/** What a screen reader or a keyboard cannot use of a page, by the rules of axe: "color-contrast (…): .muted". */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`));
}
