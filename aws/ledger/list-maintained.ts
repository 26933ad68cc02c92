import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { type MaintenanceItem, noMaintenance } from '../../domain/ledger/maintenance-item.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { maintenanceKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { pageOfSites, type SitesPage } from './page-of-sites.ts';

type Read = Pick<SiteItem, 'domain' | 'state' | 'createdAt' | 'maintenance' | 'hold' | 'site'>;

/** A site that has a maintenance page, as far as the list tells of it, and what asks for its maintenance. */
export interface Maintained {
  item: Read;
  maintenance: MaintenanceItem;
}

/** A page of the sites that have a maintenance page, by domain; at most 100, the keys that one BatchGetItem takes. */
export async function listMaintained(ledger: Ledger, page: SitesPage): Promise<{ sites: Maintained[]; next?: string }> {
  const read = ['domain', 'state', 'createdAt', 'maintenance', 'hold', 'site.tenant', 'site.failover'];
  const { items, ...next } = await pageOfSites<Read>(ledger, page, { read, having: 'site.failover' });
  const found = await readAll(
    ledger,
    items.map(({ domain }) => domain),
  );
  const of = (item: Read): MaintenanceItem => {
    const kept = found.get(item.domain);
    // What was asked for of an earlier site of the name is not asked of this one.
    return kept?.siteCreatedAt === item.createdAt ? kept : noMaintenance(item);
  };
  return { sites: items.map((item) => ({ item, maintenance: of(item) })), ...next };
}

async function readAll(ledger: Ledger, domains: readonly string[]): Promise<Map<string, MaintenanceItem>> {
  const found = new Map<string, MaintenanceItem>();
  let open: Record<string, unknown>[] = domains.map(maintenanceKey);
  while (open.length > 0) {
    const { Responses, UnprocessedKeys } = await ledger.documents.send(
      new BatchGetCommand({ RequestItems: { [ledger.table]: { Keys: open } } }),
    );
    for (const each of Responses?.[ledger.table] ?? []) {
      const item = withoutKeys<MaintenanceItem>(each);
      found.set(item.domain, item);
    }
    open = UnprocessedKeys?.[ledger.table]?.Keys ?? [];
  }
  return found;
}
