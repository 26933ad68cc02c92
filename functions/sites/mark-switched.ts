import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { inWords } from '../../domain/failover/maintenance-in-words.ts';
import { switched } from '../../domain/sites/life/end.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { step } from '../shared/steps/step.ts';

/** The last step of a switch: the operation has ended, and the site is live as before, with its maintenance. */
export const handler = step(
  'MarkSwitched',
  async ({ item, ledger, now }) => {
    if (item.operation) {
      const done = switched({ ...item, operation: item.operation }, now);
      // Another run of this same step may have been faster.
      const standing = (await writeOver(ledger, done, { over: item })) ? done : await readSiteItem(ledger, item.domain);
      if (standing?.revision !== item.revision || !isLive(standing)) throw ended(item.domain);
    } else if (!isLive(item)) {
      throw ended(item.domain);
    }
    const { maintenance } = item;
    return { output: { ...(maintenance && { maintenance }) }, message: `Switched: ${inWords(item)}` };
  },
  { alsoWhenEnded: true, looksOnly: true },
);

function ended(domain: string): Failure {
  return new Failure('Refused', `Cannot mark "${domain}" switched: its operation has ended otherwise`);
}
