import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';

/**
 * Writes a site over what was read. False when something else stands there by now; a write whose answer was lost is
 * refused when the SDK repeats it, and stands all the same (failures W11).
 */
export async function writeOver(
  ledger: Ledger,
  item: SiteItem,
  { over }: { over: SiteItem | undefined },
): Promise<boolean> {
  return (await writeSite(ledger, item, { over })) || isDeepStrictEqual(await readSiteItem(ledger, item.domain), item);
}
