import type { Finding } from './certificate.ts';
import type { Page } from './page.ts';

/** What every path answers with while the maintenance page is on. */
export const MAINTENANCE_STATUS = 503;

/**
 * Whether an answer is the maintenance page: an edge or a web server that cannot serve answers 503 as well, and the page alone says when
 * to ask again.
 */
export function isMaintenancePage({ status, retryAfter }: Page, expected: number = MAINTENANCE_STATUS): boolean {
  return status === expected && retryAfter !== undefined;
}

/** What is wrong with an answer that is to be the maintenance page: with `html` that page, of which the probe reads a byte more. */
export function judgeMaintenancePage(
  page: Page & { body: string },
  { url, status, html }: { url: string; status: number; html?: string | undefined },
): Finding | undefined {
  if (isMaintenancePage(page, status)) {
    if (html === undefined || page.body === html) return undefined;
    return { reason: 'pageUnacceptable', message: `"${url}" answers with another page than the site has` };
  }
  const said = page.status === status ? `${status} without "Retry-After"` : String(page.status);
  return { reason: 'pageUnacceptable', message: `"${url}" answers ${said}, not ${status} with the maintenance page` };
}
