import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { Ledger } from './ledger.ts';
import { pageOfSites, type SitesPage } from './page-of-sites.ts';

export type ListedSite = Pick<SiteItem, 'domain' | 'state' | 'updatedAt'> & Pick<SiteItem['site'], 'tenant'>;

type Read = Pick<SiteItem, 'domain' | 'state' | 'updatedAt' | 'site'>;

/** A page of all sites. */
export async function listSites(ledger: Ledger, page: SitesPage): Promise<{ sites: ListedSite[]; next?: string }> {
  const { items, ...next } = await pageOfSites<Read>(ledger, page, {
    read: ['domain', 'state', 'updatedAt', 'site.tenant'],
  });
  return { sites: items.map(listed), ...next };
}

function listed({ site, ...shown }: Read): ListedSite {
  return { ...shown, ...(site?.tenant !== undefined && { tenant: site.tenant }) };
}
