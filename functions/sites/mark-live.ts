import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import { Failure } from '../../domain/errors.ts';
import { step } from '../step.ts';

/** The workflow's last step when all went well: the site is live and its operation has ended. */
export const handler = step(
  'MarkLive',
  async ({ item, ledger, now }) => {
    const { operation, reason: _, ...site } = item;
    if (operation) {
      const at = now.toISOString();
      const written = await writeSite(ledger, { ...site, state: 'live', liveAt: at, updatedAt: at }, { over: item });
      // Another run of this same step may have been faster.
      const standing = written ? undefined : await readSiteItem(ledger, item.domain);
      if (!written && (standing?.revision !== item.revision || standing.state !== 'live')) throw ended(item.domain);
    } else if (item.state !== 'live') {
      throw ended(item.domain);
    }
    const scheme = item.site.edge === 'direct' ? 'http' : 'https';
    return { output: {}, message: `Live at ${scheme}://${item.domain}/` };
  },
  { alsoWhenEnded: true, looksOnly: true },
);

function ended(domain: string): Failure {
  return new Failure('Refused', `Cannot mark "${domain}" live: its operation has ended otherwise`);
}
