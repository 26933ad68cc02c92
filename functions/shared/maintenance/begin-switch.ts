import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import type { Maintenance } from '../../../domain/failover/maintenance.ts';
import { inWords } from '../../../domain/failover/maintenance-in-words.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { type Begun, switching, withMaintenance } from '../../../domain/sites/life/begin.ts';
import { writeOver } from '../ledger/write-over.ts';
import { startOperation } from '../sites/operations.ts';

interface Switch extends Omit<Begun, 'approved'> {
  maintenance: Maintenance;
  hold: boolean;
}

/**
 * Begins to lead the traffic of a live site to its maintenance page, or back. One operation of a site runs at a time, so that whoever
 * asks at once never leaves both off or both on (failures F4).
 *
 * @returns the site as it is switched; undefined when another request has changed it meanwhile
 */
export async function beginSwitch(ledger: Ledger, over: SiteItem, wanted: Switch): Promise<SiteItem | undefined> {
  const item = switching(over, wanted);
  if (!(await writeOver(ledger, item, { over }))) return undefined;
  const { by } = wanted;
  const entry = { id: `${item.revision}-switching`, at: item.updatedAt, message: `Switching: ${inWords(item)}` };
  await writeTimeline(ledger, over.domain, { ...entry, ...(by !== undefined && { by }) });
  await startOperation(item);
  return item;
}

/**
 * Writes why the maintenance of a site is as it is, and until when, where no traffic has to be moved for it. The timeline is told where that
 * is news.
 *
 * @returns the site as it is then; undefined when another request has changed it meanwhile
 */
export async function writeMaintenanceOver(
  ledger: Ledger,
  over: SiteItem,
  { maintenance, hold, by, now }: Switch,
): Promise<SiteItem | undefined> {
  const at = now.toISOString();
  const item = withMaintenance({ ...over, updatedAt: at }, { maintenance, ...(hold && { hold }) });
  if (!(await writeOver(ledger, item, { over }))) return undefined;
  if (isDeepStrictEqual(newsOf(item), newsOf(over))) return item;
  const message = `As before: ${inWords(item)}${hold ? '; locked' : ''}`;
  await writeTimeline(ledger, over.domain, {
    id: `${item.revision}-maintenance`,
    at,
    message,
    ...(by !== undefined && { by }),
  });
  return item;
}

/** What the timeline tells of the maintenance of a site; nothing of one that was never switched. */
function newsOf({ maintenance, hold = false }: SiteItem): object | undefined {
  if (!maintenance) return undefined;
  const { since: _, dismissedAt: __, ...news } = maintenance;
  return { ...news, hold };
}
