import type { SiteItem } from '../ledger/site-item.ts';
import { maintenanceMessage } from './maintenance-message.ts';
import { renderPage } from './render-page.ts';

/** The page of a site as viewers are to get it now; undefined of a site without one. */
export function currentPage({ domain, site, ...standing }: SiteItem): string | undefined {
  const { failover } = site;
  return failover && renderPage(failover.page, { domain, message: maintenanceMessage(standing) });
}
