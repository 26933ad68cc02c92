import type { Left, SiteItem, SiteRecord } from '../../aws/ledger/items.ts';
import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import { giveUpName } from '../claim-names.ts';
import { step } from '../step.ts';
import { writeOver } from '../write-over.ts';

/** The last step of an undo: the names are free, and the site is undone; it says what stands still, and why. */
export const handler = step(
  'MarkUndone',
  async ({ site, item, record, ledger, now }) => {
    const left = leftBy(record);
    if (item.operation) {
      // Before the site: nobody can declare it anew while its operation runs, so no newer claim is dropped.
      for (const { name } of namesOf(site)) await giveUpName(ledger, { name, domain: item.domain });
      const { operation: _, last: __, ...rest } = item;
      const undone: SiteItem = {
        ...rest,
        state: 'undone',
        ...(left.length > 0 && { left }),
        updatedAt: now.toISOString(),
      };
      // Another run of this same step may have been faster.
      if (!(await writeOver(ledger, undone, { over: item }))) {
        const standing = await readSiteItem(ledger, item.domain);
        if (standing?.revision !== item.revision || standing.state !== 'undone') throw ended(item.domain);
      }
    } else if (item.state !== 'undone') {
      throw ended(item.domain);
    }
    const rest = left.map(({ type, id, why }) => `the ${type} ${id}: ${why}`).join('. ');
    return { output: {}, message: left.length > 0 ? `Undone, except for ${rest}` : 'Undone: nothing of it is left' };
  },
  { alsoWhenEnded: true, looksOnly: true },
);

/** What the steps of this undo did not remove. */
function leftBy({ item, steps }: SiteRecord): Left[] {
  return steps
    .filter(({ revision }) => revision === item.revision)
    .flatMap(({ output }) => (output?.['left'] as Left[] | undefined) ?? []);
}

function ended(domain: string): Failure {
  return new Failure('Refused', `Cannot mark "${domain}" undone: its operation has ended otherwise`);
}
