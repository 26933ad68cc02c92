import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import type { Proofs } from '../../domain/entries/proof.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';

/** Writes proofs to the site. A later write of the site has ended the operation, and the next one looks again. */
export async function rememberProofs(
  { item, ledger }: { item: SiteItem; ledger: Ledger },
  proven: Proofs,
): Promise<void> {
  if (!isDeepStrictEqual(proven, item.proven ?? {})) await writeSite(ledger, { ...item, proven }, { over: item });
}
