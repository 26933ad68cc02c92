import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { Failure } from '../../../domain/errors.ts';
import type { Proofs } from '../../../domain/failover/proof.ts';
import type { MaintenanceItem } from '../../../domain/ledger/maintenance-item.ts';

/**
 * Changes what asks for the maintenance of a site, which the sweep looks at by `dueAt` at the latest.
 *
 * @throws {Failure} "Throttled" when others write it all the time
 */
export async function changeMaintenance(
  ledger: Ledger,
  site: { domain: string; createdAt: string },
  change: (item: MaintenanceItem) => MaintenanceItem,
): Promise<MaintenanceItem> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const over = await readMaintenance(ledger, site);
    const item = change(over);
    if (await writeMaintenance(ledger, item, { over })) return item;
  }
  throw new Failure('Throttled', `Cannot change the maintenance of "${site.domain}": other requests are writing it`);
}

/** Has the sweep look at the site at that instant, or earlier. */
export async function markDue(ledger: Ledger, site: { domain: string; createdAt: string }, at: string): Promise<void> {
  await changeMaintenance(ledger, site, (item) => withDue(item, at));
}

/** The same of an item that is about to be written. */
export function withDue(item: MaintenanceItem, at: string): MaintenanceItem {
  return { ...item, dueAt: item.dueAt !== undefined && item.dueAt < at ? item.dueAt : at };
}

/** Remembers what was found of the failover, in the place of what was found before. */
export async function rememberProofs(
  ledger: Ledger,
  site: { domain: string; createdAt: string },
  proofs: Proofs,
): Promise<void> {
  await changeMaintenance(
    ledger,
    site,
    ({ page: _, healthCheck: __, healthCheckAlarm: ___, certificate: ____, ...item }) => ({
      ...item,
      ...proofs,
    }),
  );
}

/** Remembers when the page of a failover that lasts was first seen under the names of the site, and says so in the timeline. */
export async function rememberPageSeen(
  ledger: Ledger,
  site: { domain: string; createdAt: string },
  now: Date,
): Promise<void> {
  const pageSeenAt = now.toISOString();
  const { failover } = await readMaintenance(ledger, site);
  if (!failover || failover.pageSeenAt !== undefined) return;
  const message = 'The maintenance page was seen to answer under every name of the site';
  await writeTimeline(ledger, site.domain, { id: 'failover-page-seen', at: pageSeenAt, message });
  await changeMaintenance(ledger, site, ({ failover: lasting, ...item }) => ({
    ...item,
    ...(lasting && { failover: { ...lasting, pageSeenAt } }),
  }));
}
