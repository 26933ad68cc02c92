import type { Operation } from '../../domain/ledger/operation.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { Ledger } from './ledger.ts';
import { pageOfSites, type SitesPage } from './page-of-sites.ts';

type Shown = Pick<SiteItem, 'domain' | 'state' | 'reason' | 'updatedAt'> & {
  operation?: Pick<Operation, 'name' | 'startedAt'>;
};

type Declared = Pick<SiteItem['site'], 'tenant' | 'edge'>;

export type ListedSite = Shown & Declared;

/** A page of all sites. */
export async function listSites(ledger: Ledger, page: SitesPage): Promise<{ sites: ListedSite[]; next?: string }> {
  const { items, ...next } = await pageOfSites<Shown & { site: Declared }>(ledger, page, {
    read: [
      'domain',
      'state',
      'updatedAt',
      'site.tenant',
      'site.edge',
      'operation.name',
      'operation.startedAt',
      'reason',
    ],
  });
  return { sites: items.map(({ site, ...shown }) => ({ ...shown, ...site })), ...next };
}
